package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.ControlAct;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.status.ReportedState;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.RunParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;

/** A campaign that ends two days after its first wave, and takes back what was not begun. */
class EndedCampaignTest extends RunningCampaign {
  private static final Instant AFTER = NOW.plus(Duration.ofDays(3));

  EndedCampaignTest(@TempDir Path folder) {
    super(folder, "ends: {at: 2026-11-23T00:00, then: WITHDRAW_UNBEGUN}\n");
  }

  private List<VerifiedManifest> empty() {
    return Outbox.manifests(jobs.home().outbox(), jobs.clock().instant()).stream()
        .filter(m -> m.targets().isEmpty())
        .toList();
  }

  private List<String> counts() {
    return jobs.sql()
        .rows("select wave, state, count(*) from assignment group by all order by all");
  }

  private String planned() {
    return jobs.sql().rows("select count(*) from assignment where wave = 2").get(0);
  }

  @Test
  void itIssuesNothingMoreAndTakesBackWhatWasNotBegun() {
    report(
        "one.csv",
        installed(0, 60, 1),
        event(1, 60, 1, ReportedState.INSTALLING, null, null),
        failed(2, 60, 1, "POWER_LOSS"));
    reconcile("r1");
    String planned = planned();
    jobs.clock().set(AFTER);

    assertThat(issue("night-3"))
        .isEqualTo(
            "brakes: ended (2026-11-23T00:00 Europe/Berlin): %d vehicles get no manifest any more, 7"
                    .formatted(Integer.parseInt(planned) + 1)
                + " manifests withdrawn\nbrakes: 7 manifests to withdraw others");

    assertThat(empty())
        .extracting(VerifiedManifest::vin)
        .containsExactlyElementsOf(vins.subList(3, 10));
    assertThat(counts())
        .containsExactly(
            "1|CANCELLED|7",
            "1|FAILED|1",
            "1|INSTALLED|1",
            "1|IN_PROGRESS|1",
            "2|CANCELLED|" + planned);
    assertThat(assignment(2, "reason"))
        .isEqualTo("its campaign has ended, so it is not tried again");
    assertThat(assignment(5, "reason"))
        .isEqualTo("its campaign ended at 2026-11-23T00:00 Europe/Berlin");
    assertThat(reconcile("r2")).doesNotContain("completed");
    assertThat(issue("night-4")).isEqualTo("no running campaign");

    report("two.csv", failed(1, 90, 1, "POWER_LOSS"), installed(4, 95, 1));
    assertThat(reconcile("r3")).endsWith("brakes: completed");
    assertThat(assignment(1, "state, due_at, reason"))
        .isEqualTo("FAILED|-|its campaign has ended, so it is not tried again");
    assertThat(assignment(4, "state")).isEqualTo("INSTALLED");
    assertThat(jobs.sql().rows("select state, state_reason from campaign"))
        .containsExactly("COMPLETED|its end has come and no vehicle may still act");
  }

  @Test
  void aPausedCampaignEndsTooAndIsNotResumed() {
    jobs.ask(ControlAct.PAUSE, CAMPAIGN, "holidays");
    jobs.clock().set(AFTER);
    issue("night-3");
    assertThat(empty()).hasSize(10);
    assertThatThrownBy(() -> jobs.ask(ControlAct.RESUME, CAMPAIGN, null))
        .hasMessage(
            "campaign brakes ended at %s, expected one that may still issue".formatted(AFTER));
    assertThat(reconcile("r1")).endsWith("brakes: completed");
  }

  @Test
  void anEndThatIsNotInWhatWasSignedStopsTheCampaign() {
    jobs.sql()
        .change(
            "update campaign set definition = replace(definition, 'WITHDRAW_UNBEGUN',"
                + " 'WITHDRAW_OPEN')");
    jobs.clock().set(AFTER);
    JobExecution night =
        JobHarness.completed(
            jobs.run(
                IssueManifestsJobConfiguration.JOB,
                new RunParameters("night-3", null).toJobParameters()));
    assertThat(JobHarness.summary(night)).startsWith("brakes: stopped, not trusted: ");
    assertThat(JobSummary.isDistrusted(night)).isTrue();
    assertThat(empty()).isEmpty();
    assertThat(states()).contains("brakes|PAUSED");
  }
}
