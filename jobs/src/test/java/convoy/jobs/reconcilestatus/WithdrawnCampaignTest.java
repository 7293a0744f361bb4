package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.io.FileDigest;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.status.ReportedState;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.TestOperators;
import convoy.jobs.control.RequestFolder;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.platform.JobSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/** What ten vehicles were given is taken back. */
class WithdrawnCampaignTest extends RunningCampaign {
  private static final WithdrawnVehicles ALL = WithdrawnVehicles.ALL;

  WithdrawnCampaignTest(@TempDir Path folder) {
    super(folder);
  }

  private JobExecution write(String run) {
    return jobs.run(
        IssueManifestsJobConfiguration.JOB,
        IssueManifestsJobConfiguration.withdrawals(run, CAMPAIGN));
  }

  private List<VerifiedManifest> empty() {
    return Outbox.manifests(jobs.home().outbox(), jobs.clock().instant()).stream()
        .filter(m -> m.targets().isEmpty())
        .toList();
  }

  private List<String> counts() {
    return jobs.sql()
        .rows("select state, count(*) from assignment where wave = 1 group by all order by all");
  }

  private Path shard(int number) {
    return jobs.home()
        .outbox()
        .resolve("director/campaign=brakes/wave=1/shard-%05d.zip".formatted(number));
  }

  @Test
  void everyVehicleGetsAnEmptyManifestAndTheCampaignIsPaused() throws IOException {
    report("one.csv", installed(0, 60, 1), event(1, 70, 1, ReportedState.DECLINED, null, null));
    reconcile("r1");
    String first = FileDigest.sha256(shard(0));

    assertThat(jobs.withdraw("bob", CAMPAIGN, ALL))
        .isEqualTo(
            "brakes: withdrawn by bob: smoke, all vehicles; 8 manifests withdrawn; left alone:"
                + " 1 DECLINED, 1 INSTALLED, "
                + jobs.sql().rows("select count(*) from assignment where state = 'PLANNED'").get(0)
                + " PLANNED; the campaign is PAUSED");
    assertThat(empty()).as("prepared, and not written").isEmpty();
    assertThat(JobHarness.summary(JobHarness.completed(write("w1"))))
        .isEqualTo("brakes: 8 manifests to withdraw others");

    assertThat(FileDigest.sha256(shard(0))).isEqualTo(first);
    assertThat(empty())
        .hasSize(8)
        .allSatisfy(
            m -> {
              assertThat(m.version()).isEqualTo(2);
              assertThat(m.attempt()).isEqualTo(1);
              assertThat(m.expiresAt()).isAfter(NOW.plus(Duration.ofDays(30)));
            })
        .extracting(VerifiedManifest::vin)
        .containsExactlyElementsOf(vins.subList(2, 10));
    assertThat(counts()).containsExactly("CANCELLED|8", "DECLINED|1", "INSTALLED|1");
    assertThat(assignment(2, "reason, deadline_at")).isEqualTo("withdrawn by bob: smoke|-");
    assertThat(states()).containsExactly("brakes|PAUSED", "wave 1|HALTED", "wave 2|PLANNED");
    assertThat(jobs.withdraw("alice", CAMPAIGN, ALL)).contains("; 0 manifests withdrawn; ");
    assertThat(JobHarness.summary(JobHarness.completed(write("w2"))))
        .isEqualTo("nothing to take back");
    assertThat(empty()).hasSize(8);
  }

  @Test
  void whatIsReportedLaterCountsAsWhatItIs() {
    jobs.withdraw("bob", CAMPAIGN, new WithdrawnVehicles(1, List.of()));
    JobHarness.completed(write("w1"));
    report(
        "late.csv",
        installed(0, 60, 1),
        failed(1, 60, 1, "POWER_LOSS"),
        event(2, 60, 1, ReportedState.INSTALLING, null, null));
    reconcile("r1");

    assertThat(assignment(0, "state")).isEqualTo("INSTALLED");
    assertThat(assignment(1, "state, error_code, reason, due_at"))
        .isEqualTo("FAILED|POWER_LOSS|its manifest was withdrawn, so it is not tried again|-");
    assertThat(assignment(2, "state, reason")).isEqualTo("CANCELLED|withdrawn by bob: smoke");
    report("later.csv", installed(2, 90, 1), failed(3, 90, 1, "WRONG_HARDWARE"));
    reconcile("r2");
    assertThat(assignment(2, "state, reason")).isEqualTo("INSTALLED|-");
    assertThat(assignment(3, "state, reason")).isEqualTo("FAILED|permanent");
  }

  @Test
  @Tag("long")
  void aFailureThatWasToBeTriedAgainStaysOneAndIsNotTried() {
    report("one.csv", failed(0, 60, 1, "POWER_LOSS"));
    reconcile("r1");
    assertThat(assignment(0, "state")).isEqualTo("RETRY_DUE");

    jobs.withdraw("bob", CAMPAIGN, new WithdrawnVehicles(null, List.of(vins.get(0))));

    assertThat(assignment(0, "state, error_code, reason, due_at"))
        .isEqualTo("FAILED|POWER_LOSS|its manifest was withdrawn, so it is not tried again|-");
    assertThat(states()).contains("brakes|RUNNING");
    assertThat(issue("night-2"))
        .isEqualTo("brakes: 0 manifests to issue\nbrakes: 1 manifests to withdraw others");
    assertThat(empty()).extracting(VerifiedManifest::vin).containsExactly(vins.get(0));
  }

  @Test
  @Tag("long")
  void namedVehiclesLeaveACampaignThatGoesOn() {
    String planned =
        jobs.sql().rows("select min(vin) from assignment where state = 'PLANNED'").get(0);
    assertThat(
            jobs.withdraw(
                "bob",
                CAMPAIGN,
                new WithdrawnVehicles(null, List.of(vins.get(3), planned, "1M8GDM9AXKP042788"))))
        .isEqualTo(
            "brakes: withdrawn by bob: smoke, 3 named vehicles; 1 manifests withdrawn, 2 vehicles"
                + " get none any more, 1 of which it had not planned");

    assertThat(issue("night-2"))
        .isEqualTo("brakes: 0 manifests to issue\nbrakes: 1 manifests to withdraw others");
    assertThat(counts()).containsExactly("CANCELLED|1", "ISSUED|9");
    assertThat(
            jobs.sql().rows("select state, reason from assignment where vin = '" + planned + "'"))
        .containsExactly("CANCELLED|withdrawn by bob: smoke");
    assertThat(issue("night-3")).isEqualTo("brakes: 0 manifests to issue");
    assertThat(empty()).hasSize(1);
  }

  @Test
  void namedVehiclesGetNoManifestAnyMoreWhateverTheyReportLater() {
    report(
        "one.csv",
        event(0, 60, 1, ReportedState.DECLINED, null, null),
        installed(1, 60, 1),
        event(2, 60, 1, ReportedState.INSTALLING, null, null));
    jobs.sql()
        .change(
            "update manifest set expires_at = issued_at where vin in ('%s', '%s')"
                .formatted(vins.get(2), vins.get(3)));
    reconcile("r1");

    assertThat(jobs.withdraw("bob", CAMPAIGN, new WithdrawnVehicles(null, vins.subList(0, 4))))
        .endsWith("; 0 manifests withdrawn; left alone: 1 DECLINED, 2 EXPIRED, 1 INSTALLED");
    report(
        "late.csv",
        failed(0, 90, 1, "POWER_LOSS"),
        event(1, 90, 1, ReportedState.FAILED, "2.0.3", "POWER_LOSS"),
        event(3, 60, 1, ReportedState.INSTALLING, null, null));
    reconcile("r2");

    assertThat(assignment(0, "state, error_code, reason, due_at"))
        .isEqualTo("FAILED|POWER_LOSS|its manifest was withdrawn, so it is not tried again|-");
    assertThat(assignment(1, "state, due_at")).isEqualTo("FAILED|-");
    assertThat(List.of(assignment(2, "state, reason"), assignment(3, "state, reason")))
        .as("the same progress before the withdrawal, and after it")
        .containsOnly("EXPIRED|its manifest ran out without an outcome");
    jobs.clock().set(NOW.plus(Duration.ofDays(5)));
    assertThat(issue("night-2")).isEqualTo("brakes: 0 manifests to issue");
  }

  @Test
  void aKillBetweenTheFileAndItsRecordLeavesOneEmptyManifestEach() throws IOException {
    jobs.withdraw("bob", CAMPAIGN, ALL);
    jobs.plug().pullAt(1);
    assertThat(write("w1").getStatus()).isEqualTo(BatchStatus.FAILED);
    // Back to the moment before the record.
    jobs.sql().change("update manifest set state = 'PREPARED' where withdrawal is not null");
    String digest = FileDigest.sha256(shard(1));
    Files.delete(shard(1));

    JobHarness.completed(write("w1"));

    assertThat(FileDigest.sha256(shard(1))).isEqualTo(digest);
    assertThat(empty()).hasSize(10).extracting(VerifiedManifest::vin).doesNotHaveDuplicates();
    jobs.sql().change("update manifest set state = 'PREPARED' where withdrawal is not null");
    assertThat(jobs.<List<String>>with(s -> jobs.control().catchUp(s, NOW)))
        .containsExactly("brakes: wave 1 shard 1 stood in the outbox and is recorded as issued");
  }

  @Test
  void aRequestIsCarriedOutAndWrittenByTheJobThatFindsIt() {
    new RequestFolder(jobs.home())
        .leave(jobs.withdrawal("bob", CAMPAIGN, ALL), TestOperators.key("bob"));

    assertThat(jobs.summary(IssueManifestsJobConfiguration.JOB, "night-2"))
        .startsWith("brakes: 0 manifests to issue\nbrakes: withdrawn by bob: smoke, all vehicles;");

    assertThat(empty()).hasSize(10);
    assertThat(new RequestFolder(jobs.home()).waiting()).isEmpty();
  }

  @Test
  void aCampaignThatCannotBeTrustedCanBeWithdrawn() {
    jobs.sql().change("update campaign set priority = 99");
    jobs.ask(ControlAct.ABORT, CAMPAIGN, "smoke");
    jobs.withdraw("bob", CAMPAIGN, ALL);
    JobHarness.completed(write("w1"));
    assertThat(empty()).hasSize(10);
  }

  @Test
  void whatTheStoreSaysOfTargetsDoesNotGetIntoAnEmptyManifest() {
    jobs.withdraw("bob", CAMPAIGN, ALL);
    jobs.sql()
        .change(
            "insert into manifest_target select vin, 2, module, ecu_serial, hardware_part,"
                + " before_version, before_key, expected_version, null, certificate from manifest_target");
    JobHarness.completed(write("w1"));
    assertThat(empty()).hasSize(10);
  }

  @Test
  void aRowThatNobodySignedWithdrawsNothing() {
    jobs.withdraw("bob", CAMPAIGN, new WithdrawnVehicles(null, List.of(vins.get(0))));
    jobs.sql()
        .change(
            "insert into manifest select '"
                + vins.get(1)
                + "', 2, campaign, wave, attempt, shard,"
                + " correlation_id, issued_at, expires_at, state, withdraws, withdrawal, null"
                + " from manifest where withdrawal is not null");
    assertRefused(
        "w1", "it is signed for 1 named vehicles, found vehicle " + vins.get(1) + " of wave 1");

    jobs.sql().change("update withdrawal set vehicles = '{}'");
    assertRefused("w2", "signed act 5: bob signed for other vehicles than these: all vehicles");

    jobs.sql().change("update withdrawal set act = 3");
    assertRefused("w3", "signed act 3: found SUBMITTED, expected WITHDRAWN");
    jobs.sql().change("update withdrawal set act = 77");
    assertRefused("w4", "signed act 77 is not in the store");
    jobs.sql().change("update withdrawal set act = null, vehicles = null");
    assertRefused("w5", "its definition has no end that has come and withdraws");
    jobs.sql().change("delete from withdrawal");
    assertRefused("w6", "found no withdrawal 1 of campaign brakes");
  }

  private void assertRefused(String run, String why) {
    JobExecution execution = JobHarness.completed(write(run));
    assertThat(JobHarness.summary(execution))
        .endsWith("\nbrakes: wave 1 shard 1 is not written, its withdrawal is not trusted: " + why);
    assertThat(JobSummary.isDistrusted(execution)).isTrue();
    assertThat(empty()).isEmpty();
  }

  @Test
  void anotherPersonCanWithdrawAnewWhatCouldNotBeWritten() {
    jobs.withdraw("bob", CAMPAIGN, ALL);
    jobs.sql().change("delete from signed_act where act = 'WITHDRAWN'");
    assertRefused("w1", "signed act 5 is not in the store");

    assertThat(jobs.withdraw("alice", CAMPAIGN, ALL)).contains("; 10 manifests withdrawn; ");
    JobHarness.completed(write("w2"));

    assertThat(empty())
        .hasSize(10)
        .allSatisfy(m -> assertThat(m.version()).isEqualTo(3))
        .extracting(VerifiedManifest::vin)
        .doesNotHaveDuplicates();
  }

  @Test
  void aRequestThatIsNotWhatSomeoneSignedIsRefused() {
    ControlRequest signed = jobs.withdrawal("bob", CAMPAIGN, ALL);
    assertRefused(
        new ControlRequest(
            signed.id(),
            signed.act(),
            CAMPAIGN,
            "alice",
            "smoke",
            signed.askedAt(),
            null,
            signed.signed()),
        "request %s: found 'smoke' by alice, expected what bob signed: 'smoke'"
            .formatted(signed.id()));
    jobs.<String>with(s -> jobs.control().carryOut(s, signed, NOW));
    assertRefused(
        ControlRequest.takingBack(
            ControlAct.WITHDRAW,
            CAMPAIGN,
            "bob",
            "smoke",
            NOW,
            Objects.requireNonNull(signed.signed())),
        "campaign brakes: the same act was carried out before");
    assertRefused(
        jobs.withdrawal("bob", CAMPAIGN, new WithdrawnVehicles(3, List.of())),
        "campaign brakes has no wave 3, expected one of [1, 2]");
  }

  private void assertRefused(ControlRequest request, String message) {
    assertThatThrownBy(() -> jobs.<String>with(s -> jobs.control().carryOut(s, request, NOW)))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(message);
  }

  @Test
  void aWaveThatWasWithdrawnDoesNotReleaseTheNext() {
    jobs.withdraw("bob", CAMPAIGN, ALL);
    JobHarness.completed(write("w1"));
    jobs.ask(ControlAct.RESUME, CAMPAIGN, null);
    assertThat(reconcile("r1"))
        .endsWith(
            "brakes wave 1: HOLD: 10 vehicles of the wave were withdrawn, and none is left to judge"
                + " it by");
    assertThat(states()).containsExactly("brakes|RUNNING", "wave 1|RELEASED", "wave 2|PLANNED");
  }
}
