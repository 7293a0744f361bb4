package convoy.scheduler.process;

import static convoy.scheduler.process.TestHome.CAMPAIGN;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.manifest.ManifestBundle;
import convoy.data.trust.PasswordFile;
import convoy.data.trust.PrivateKeyFile;
import convoy.jobs.control.RequestFolder;
import convoy.jobs.samples.SampleData;
import convoy.readers.manifest.ShardReader;
import convoy.scheduler.store.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pausing by one process while another one issues, and kill -9 in between. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoppedProcessTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private TestHome approved;
  private long eligible;

  /** An approved campaign whose one wave has all eligible vehicles, ten a shard. */
  @BeforeAll
  void prepareTheCampaign(@TempDir Path folder) throws Exception {
    approved = TestHome.make(folder, "approved", "manifests:\n  chunk-vehicles: 10\n");
    approved.deliverFleet(7, 2_000, 0);
    SampleData.writeDefinitions(approved.home().root(), 7);
    Path yaml = approved.home().campaigns().resolve(CAMPAIGN + ".yaml");
    Files.writeString(
        yaml, Files.readString(yaml).replaceAll("(?m)^  - \\{ name: (canary|early).*\\n", ""));
    assertThat(approved.runHere("nightly").status()).isZero();
    approved.approve();
    eligible = approved.number("select count(*) from eligible where campaign = '" + CAMPAIGN + "'");
    assertThat(eligible).isGreaterThan(200);
  }

  @Test
  void aPauseStopsARunningNightBetweenTwoShards() throws Exception {
    TestHome home = approved.copy("paused");
    try (ConvoyProcess nightly = home.start("nightly")) {
      awaitShards(home, nightly, 3);
      leave(home, ControlAct.PAUSE);
      var ended = nightly.await();
      assertThat(ended.err()).isEmpty();
      assertThat(ended.out()).contains(CAMPAIGN + ": paused by alice: smoke; ");
    }
    assertStoppedEarly(home);
    assertTheRestIsIssuedOnce(home);
  }

  @Test
  void aPauseHoldsAlsoWhenTheNightIsKilledBeforeItLooks() throws Exception {
    TestHome home = approved.copy("killed");
    try (ConvoyProcess nightly = home.start("nightly")) {
      awaitShards(home, nightly, 3);
      leave(home, ControlAct.PAUSE);
      assertThat(nightly.kill().status()).isEqualTo(ConvoyProcess.KILLED);
    }
    assertThat(home.runHere("nightly").out()).contains("taking up the run of ");
    assertStoppedEarly(home);
    assertTheRestIsIssuedOnce(home);
  }

  @Test
  void aCommandThatFindsTheStoreTakenSaysWhenItTakesEffect() throws Exception {
    TestHome home = approved.copy("taken");
    String[] pause = {"campaign", "pause", CAMPAIGN, "--by", "alice", "--reason", "smoke"};
    try (ProcessLock.Held held =
        ProcessLock.ofStore(home.home().store())
            .write("issueManifests", Duration.ZERO, word -> {})) {
      held.progress("issuing manifests: 40");
      var asked = home.run(pause);
      assertThat(asked.out())
          .matches(
              CAMPAIGN
                  + ": PAUSE is asked for and takes effect at the next shard of the running"
                  + " issueManifests \\(process \\d+ runs issueManifests for \\d+ s, issuing"
                  + " manifests: 40\\)\n");
      assertThat(asked.status()).isZero();
    }
    var again = home.run(pause);
    assertThat(again.out())
        .isEqualTo(
            CAMPAIGN
                + ": paused by alice: smoke; 0 manifests were issued, 0 prepared ones dropped\n");
    assertThat(again.err())
        .isEqualTo("convoy: campaign " + CAMPAIGN + " is PAUSED, expected APPROVED or RUNNING\n");
  }

  private static void leave(TestHome home, ControlAct act) throws IOException {
    Path keys = home.home().keys().resolve("operators");
    new RequestFolder(home.home())
        .leave(
            ControlRequest.of(act, CAMPAIGN, "alice", "smoke", Instant.now()),
            PrivateKeyFile.open(
                    keys.resolve("alice.p12"), PasswordFile.read(keys.resolve("alice.password")))
                .key());
  }

  private void assertStoppedEarly(TestHome home) throws Exception {
    long issued = home.number("select count(*) from manifest");
    assertThat(issued).isLessThan(eligible);
    assertThat(vins(home)).hasSize((int) issued).doesNotHaveDuplicates();
    assertThat(home.rows("select state, count(*) from assignment group by all order by all"))
        .containsExactly("ISSUED|" + issued, "PLANNED|" + (eligible - issued));
    assertThat(home.rows("select state from campaign where campaign = '" + CAMPAIGN + "'"))
        .containsExactly("PAUSED");
    assertThat(home.number("select count(*) from audit_log where act = 'CAMPAIGN_PAUSED'"))
        .isEqualTo(1);
  }

  private void assertTheRestIsIssuedOnce(TestHome home) throws Exception {
    assertThat(home.runHere("campaign", "resume", CAMPAIGN, "--by", "alice").status()).isZero();
    assertThat(home.runHere("nightly").status()).isZero();
    assertThat(vins(home))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            home.rows("select vin from eligible where campaign = '" + CAMPAIGN + "'"));
    assertThat(home.number("select count(*) from manifest where state = 'ISSUED'"))
        .isEqualTo(eligible);
    assertThat(home.runHere("audit", "verify").status()).isZero();
  }

  private static void awaitShards(TestHome home, ConvoyProcess nightly, int shards)
      throws InterruptedException {
    Await.until(
        shards + " shards", LIMIT, () -> home.shards().size() >= shards || !nightly.isAlive());
  }

  private static List<String> vins(TestHome home) throws IOException {
    List<String> vins = new ArrayList<>();
    for (Path file : home.shards()) {
      try (ShardReader shard = ShardReader.open(file)) {
        for (ManifestBundle bundle : shard) {
          vins.add(bundle.vin());
        }
      }
    }
    return vins;
  }
}
