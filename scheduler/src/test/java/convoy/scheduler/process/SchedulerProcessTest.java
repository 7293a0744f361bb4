package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A running scheduler: what it is handed, what it fires by itself, and how it stops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchedulerProcessTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String FAR_OFF = "schedule:\n  nightly: \"0 0 0 1 1 ?\"\n  zone: UTC\n";
  private static final String ISSUING = "  issue: \"1/3 * * * * ?\"\n";
  private static final String EVERY_THREE_SECONDS = "schedule:\n  nightly: \"0/3 * * * * ?\"\n";
  private static final String STOPPING =
      "stopping; a run that is under way is finished first, a second signal ends it at once\n";

  private TestHome ready;

  /** A fleet and an approved campaign that no run has planned yet. */
  @BeforeAll
  void prepare(@TempDir Path folder) throws Exception {
    ready = TestHome.approved(folder, "ready", FAR_OFF);
  }

  @Test
  void anUrgentCampaignIsHandedToTheRunningScheduler() throws Exception {
    TestHome home = ready.copy("urgent");
    try (ConvoyProcess scheduler = schedule(home)) {
      assertThat(scheduler.out())
          .matches(
              "scheduler of \\Q"
                  + home.home().root()
                  + "\\E runs; next nightly run \\d{4}-01-01T00:00Z\\[UTC\\]\n");

      var urgent = home.runHere("urgent", TestHome.CAMPAIGN);
      assertThat(urgent.err()).isEmpty();
      assertThat(urgent.out())
          .isEqualTo(
              "handed brake-hold-2026-11 over to the running scheduler, before its other work;"
                  + " see ./convoy campaign status brake-hold-2026-11\n");
      assertThat(urgent.status()).isZero();
      Path shard =
          home.home()
              .outbox()
              .resolve("director/campaign=" + TestHome.CAMPAIGN + "/wave=1/shard-00000.zip");
      Await.until("the campaign's manifests", LIMIT, () -> Files.exists(shard));

      var second = home.runHere("schedule");
      assertThat(second.err())
          .isEqualTo("convoy: a scheduler runs for " + home.home().root() + " already\n");
      assertThat(second.status()).isEqualTo(2);

      scheduler.terminate();
      var ended = scheduler.await();
      assertThat(ended.out()).endsWith(STOPPING);
      assertThat(ended.err()).isEmpty();
      assertThat(ended.status()).isZero();
    }
    assertThat(home.rows("select kind, campaign, outcome from run where kind = 'URGENT'"))
        .containsExactly("URGENT|brake-hold-2026-11|DONE");
    assertThat(home.runHere("nightly").status()).isZero();
  }

  @Test
  void runsFireByTheirCronsAndAreFinishedBeforeTheSchedulerStops() throws Exception {
    TestHome home = ready.copy("cron");
    home.settings(EVERY_THREE_SECONDS + ISSUING + "import:\n  chunk-rows: 100\n");
    int before = reports(home).size();
    try (ConvoyProcess scheduler = schedule(home)) {
      Await.until("a report by cron", LIMIT, () -> reports(home).size() > before);

      home.deliverFleet(8, 400, 0);
      Await.until("the next run's import", LIMIT, () -> home.progress().startsWith("reading "));
      scheduler.terminate();
      var ended = scheduler.await();
      assertThat(ended.out()).containsSubsequence(STOPPING, "publishReports\n");
      assertThat(ended.err()).isEmpty();
      assertThat(ended.status()).isZero();
    }
    assertThat(home.inbox()).as("taken over before the scheduler stopped").isEmpty();
    assertThat(home.rows("select kind, outcome from run group by all order by kind"))
        .containsExactly("ISSUE|DONE", "NIGHTLY|DONE");
    assertThat(home.rows("select run_id from run where ended_at is null")).isEmpty();
  }

  @Test
  @Tag("long")
  void aSchedulerThatIsKilledLeavesItsRunToTheNextOne() throws Exception {
    TestHome home = ready.copy("killed");
    home.settings(EVERY_THREE_SECONDS + "import:\n  chunk-rows: 100\n");
    home.deliverFleet(8, 400, 0);
    try (ConvoyProcess scheduler = schedule(home)) {
      Await.until("the import", LIMIT, () -> home.progress().startsWith("reading "));
      assertThat(scheduler.kill().status()).isEqualTo(ConvoyProcess.KILLED);
    }
    List<String> cutOff = home.rows("select run_id from run where ended_at is null");
    assertThat(cutOff).hasSize(1);
    try (ConvoyProcess scheduler = schedule(home)) {
      Await.until("the import", LIMIT, () -> home.inbox().isEmpty());
      scheduler.terminate();
      assertThat(scheduler.await().status()).isZero();
    }
    assertThat(home.rows("select outcome from run where run_id = '" + cutOff.get(0) + "'"))
        .containsExactly("DONE");
  }

  private static ConvoyProcess schedule(TestHome home) throws IOException, InterruptedException {
    ConvoyProcess scheduler = home.start("schedule");
    Await.until(
        "the scheduler", LIMIT, () -> scheduler.out().endsWith("\n") || !scheduler.isAlive());
    assertThat(scheduler.err()).isEmpty();
    return scheduler;
  }

  private static List<Path> reports(TestHome home) {
    try (Stream<Path> folders = Files.list(home.home().reports())) {
      return folders.filter(f -> Files.exists(f.resolve("convoy-report.xlsx"))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
