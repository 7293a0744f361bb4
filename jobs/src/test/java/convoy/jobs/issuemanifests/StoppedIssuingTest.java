package convoy.jobs.issuemanifests;

import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.manifest.VerifiedManifest;
import convoy.jobs.FleetSql;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.TestHome;
import convoy.jobs.TestOperators;
import convoy.jobs.control.RequestFolder;
import convoy.jobs.platform.RunParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/** Pausing and aborting while manifests are issued: four shards of five vehicles at most. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoppedIssuingTest {
  private final Path planned;
  private Path root;
  private JobHarness jobs;

  StoppedIssuingTest(@TempDir Path folder) {
    planned = TestHome.planned(folder.resolve("planned"), "manifests:\n  chunk-vehicles: 5\n");
    root = planned;
  }

  @BeforeEach
  void start(@TempDir Path folder) {
    root = TestHome.copy(planned, folder.resolve("home"));
    jobs = new JobHarness(root);
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  private JobExecution issue(String run) {
    return jobs.run(
        IssueManifestsJobConfiguration.JOB, new RunParameters(run, null).toJobParameters());
  }

  /** Leaves a request once the shard of the brakes and one of the others are written. */
  private void leaveAfterTwoShards(ControlAct act) {
    jobs.plug().doNext(() -> jobs.plug().doNext(() -> leave(act)));
  }

  private Path leave(ControlAct act) {
    return new RequestFolder(jobs.home())
        .leave(
            ControlRequest.of(act, MEDIA, "carol", "smoke", jobs.clock().instant().plusMillis(7)),
            TestOperators.key("carol"));
  }

  private long number(String sql) {
    return Long.parseLong(FleetSql.of(root).rows(sql).get(0));
  }

  private long wanted() {
    return number(
        "select count(*) from assignment a join wave w using (campaign, wave)"
            + " where a.campaign = '"
            + MEDIA
            + "' and w.state <> 'PLANNED'"
            + " and a.state in ('PLANNED', 'ISSUED')");
  }

  private List<String> states() {
    return FleetSql.of(root)
        .rows(
            "select wave, state, count(*) from assignment where campaign = '"
                + MEDIA
                + "' and wave = 1 group by all order by all");
  }

  private List<VerifiedManifest> ofMedia() {
    return Outbox.manifests(root.resolve("outbox"), JobHarness.NOW).stream()
        .filter(m -> m.campaign().equals(MEDIA))
        .toList();
  }

  @Test
  void pausedBetweenTwoShardsItStopsBeforeTheNextAndResumedIssuesTheRestOnce() {
    long wanted = wanted();
    assertThat(wanted).isBetween(11L, 15L);
    leaveAfterTwoShards(ControlAct.PAUSE);

    JobExecution night = JobHarness.completed(issue("night-1"));

    assertThat(JobHarness.summary(night))
        .endsWith(
            "\n%s: paused by carol: smoke; 5 manifests were issued, %d prepared ones dropped"
                .formatted(MEDIA, wanted - 5));
    assertThat(new RequestFolder(jobs.home()).waiting()).isEmpty();
    assertThat(ofMedia()).hasSize(5);
    assertThat(states()).containsExactly("1|ISSUED|5", "1|PLANNED|" + (wanted - 5));
    assertThat(number("select count(*) from manifest where state = 'PREPARED'")).isZero();

    assertThat(JobHarness.summary(JobHarness.completed(issue("night-2")))).doesNotContain(MEDIA);
    assertThat(ofMedia()).as("paused, nothing more is issued").hasSize(5);

    assertThat(jobs.ask(ControlAct.RESUME, MEDIA, null))
        .isEqualTo(
            MEDIA + ": resumed by carol, now RUNNING; it was PAUSED: paused by carol: smoke");
    JobHarness.completed(issue("night-3"));
    assertThat(states()).containsExactly("1|ISSUED|" + wanted);
    assertThat(ofMedia())
        .hasSize((int) wanted)
        .extracting(VerifiedManifest::vin)
        .doesNotHaveDuplicates();
    assertThat(number("select count(*) from manifest where campaign = '" + MEDIA + "'"))
        .isEqualTo(wanted);
  }

  @Test
  void abortedBetweenTwoShardsTheRestIsCancelled() {
    long wanted = wanted();
    leaveAfterTwoShards(ControlAct.ABORT);
    JobHarness.completed(issue("night-1"));
    assertThat(ofMedia()).hasSize(5);
    assertThat(states()).containsExactly("1|CANCELLED|" + (wanted - 5), "1|ISSUED|5");
  }

  @Test
  void aRequestOutlivesTheProcessThatWasKilledBeforeItLooked() {
    leaveAfterTwoShards(ControlAct.PAUSE);
    jobs.plug().pullAt(2);
    // Setting the plug takes away what was to be done: the request is left by hand.
    assertThat(issue("night-1").getStatus()).isEqualTo(BatchStatus.FAILED);
    leave(ControlAct.PAUSE);

    JobHarness.completed(issue("night-1"));

    assertThat(ofMedia()).hasSize(5);
    assertThat(FleetSql.of(root).rows("select act from control_request")).containsExactly("PAUSE");
  }

  @Test
  void aRequestThatWasDoneBeforeTheKillIsNotDoneTwice() throws IOException {
    Path file = leave(ControlAct.PAUSE);
    byte[] content = Files.readAllBytes(file);
    JobHarness.completed(issue("night-1"));
    jobs.ask(ControlAct.RESUME, MEDIA, null);
    Files.write(file, content);

    assertThat(jobs.<List<String>>with(s -> jobs.control().catchUp(s, JobHarness.NOW)))
        .containsExactly(
            MEDIA
                + ": PAUSE asked by carol is not done again: it was answered before, at "
                + JobHarness.NOW);

    assertThat(file).doesNotExist();
    assertThat(number("select count(*) from audit_log where act = 'CAMPAIGN_PAUSED'")).isEqualTo(1);
    assertThat(refusals()).containsExactly(MEDIA + "|it was answered before, at " + JobHarness.NOW);
    assertThat(
            FleetSql.of(root).rows("select state from campaign where campaign = '" + MEDIA + "'"))
        .containsExactly("RUNNING");
  }

  @Test
  void aShardThatStandsInTheOutboxUnrecordedIsIssuedAndNotDropped() throws IOException {
    jobs.plug().pullAt(2);
    assertThat(issue("night-1").getStatus()).isEqualTo(BatchStatus.FAILED);
    // Back to the moment between the second shard's file and its record.
    jobs.sql().change("update manifest set state = 'PREPARED' where campaign = '" + MEDIA + "'");
    jobs.sql()
        .change(
            "update assignment set state = 'PLANNED', attempt = 0 where campaign = '"
                + MEDIA
                + "'");
    Path third = root.resolve("outbox/director/campaign=" + MEDIA + "/wave=1/shard-00001.zip");
    Files.writeString(third, "no shard");

    assertThat(jobs.<List<String>>with(s -> jobs.control().catchUp(s, JobHarness.NOW)))
        .containsExactly(MEDIA + ": wave 1 shard 0 stood in the outbox and is recorded as issued");

    assertThat(jobs.ask(ControlAct.PAUSE, MEDIA, "smoke"))
        .startsWith(MEDIA + ": paused by carol: smoke; 5 manifests were issued, ");
  }

  @Test
  void aRequestThatCannotBeDoneIsRefusedAndKept() throws IOException {
    leave(ControlAct.RESUME);
    Path broken = leave(ControlAct.PAUSE);
    Files.writeString(broken, "{\"act\":\"PAUSE\"}");

    List<String> lines = jobs.with(s -> jobs.control().catchUp(s, JobHarness.NOW));

    String refusal = "campaign %s is RUNNING, expected PAUSED".formatted(MEDIA);
    assertThat(lines).hasSize(2).contains(MEDIA + ": RESUME asked by carol, refused: " + refusal);
    assertThat(lines).anyMatch(line -> line.startsWith("request refused: " + broken.getFileName()));
    assertThat(broken).doesNotExist();
    assertThat(Path.of(broken + ".refused")).exists();
    assertThat(FleetSql.of(root).rows("select refusal from control_request"))
        .containsExactly(refusal);
    assertThat(refusals())
        .containsExactlyInAnyOrder(
            MEDIA + "|" + refusal,
            "request %s|%s: found the fields [act], expected [signatures, signed]"
                .formatted(broken.getFileName(), broken.getFileName()));
  }

  /** Each way to forge one: SignedRequestTest. */
  @Test
  void aRequestThatCarolDidNotSignIsRefusedAndTheCampaignGoesOn() throws IOException {
    Path file =
        new RequestFolder(jobs.home())
            .leave(
                ControlRequest.of(
                    ControlAct.ABORT, MEDIA, "carol", "smoke", jobs.clock().instant()),
                TestOperators.key("mallory"));
    String why =
        "%s: signed by 0 keys of operator 'carol' at present, expected 1: key %s is not a key of operator 'carol' at present"
            .formatted(file.getFileName(), TestOperators.key("mallory").publicKey().shortId());

    JobExecution night = JobHarness.completed(issue("night-1"));

    assertThat(JobHarness.summary(night))
        .contains("request refused: " + why + "; kept as " + file.getFileName() + ".refused");
    assertThat(file).doesNotExist();
    assertThat(Path.of(file + ".refused")).exists();
    assertThat(refusals()).containsExactly("request " + file.getFileName() + "|" + why);
    assertThat(number("select count(*) from control_request")).isZero();
    assertThat(ofMedia())
        .hasSize((int) number("select count(*) from manifest where campaign = '" + MEDIA + "'"));
    assertThat(
            FleetSql.of(root).rows("select state from campaign where campaign = '" + MEDIA + "'"))
        .containsExactly("RUNNING");
  }

  private List<String> refusals() {
    return FleetSql.of(root)
        .rows("select subject, after from audit_log where act = 'REQUEST_REFUSED' order by seq");
  }

  @Test
  void itIsNotResumedWhileWhatItStandsOnCannotBeTrusted() {
    jobs.ask(ControlAct.PAUSE, MEDIA, "smoke");
    String paused =
        "campaign %s was PAUSED: paused by carol: smoke; it cannot be resumed: ".formatted(MEDIA);
    jobs.sql().change("update image set verified_at = null");
    assertThatThrownBy(() -> jobs.ask(ControlAct.RESUME, MEDIA, null))
        .hasMessageStartingWith(paused + "not trusted: image ")
        .hasMessageEndingWith(
            "was not whole when it was last opened; './convoy images verify' says why");
    jobs.sql().change("update campaign set priority = 99 where campaign = '" + MEDIA + "'");
    assertThatThrownBy(() -> jobs.ask(ControlAct.RESUME, MEDIA, null))
        .hasMessage(paused + "not trusted: rows of table campaign were altered in the store");
    jobs.sql().change("update campaign set priority = 40 where campaign = '" + MEDIA + "'");
    jobs.sql().change("update image set verified_at = stored_at");
    assertThat(jobs.ask(ControlAct.RESUME, MEDIA, null)).contains("now RUNNING");
  }
}
