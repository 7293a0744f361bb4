package convoy.jobs.trust;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.Home;
import convoy.data.trust.SignedAct;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.TestHome;
import convoy.jobs.TestOperators;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.RunParameters;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;

/**
 * Both sample campaigns are approved and planned over a small fleet; a test tampers with something,
 * and then manifests are to be issued (DESIGN rule 5.5).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TamperedCampaign {
  /** Where the approval of the brakes is: after two updates and the campaign were signed. */
  static final String APPROVAL = "signed act 4: ";

  private final Path planned;
  JobHarness jobs;

  TamperedCampaign(Path folder) {
    planned = TestHome.planned(folder.resolve("planned"), "");
  }

  @BeforeEach
  void start(@TempDir Path folder) {
    jobs = new JobHarness(TestHome.copy(planned, folder.resolve("home")));
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  final Home home() {
    return jobs.home();
  }

  /**
   * Puts another act in place of the one of that kind on the brakes, as a hand in the store could.
   */
  final void forge(SignedAct act, String signer) {
    put(act.kind(), act.sign(TestOperators.key(signer)));
  }

  final void put(SignedAct.Kind kind, String document) {
    jobs.sql()
        .change(
            "update signed_act set document = '%s' where act = '%s' and subject = 'campaign %s'"
                .formatted(document.replace("'", "''"), kind, BRAKES));
  }

  /** The document of the act of that kind on the brakes. */
  final String document(SignedAct.Kind kind) {
    return jobs.sql()
        .rows(
            "select document from signed_act where act = '%s' and subject = 'campaign %s'"
                .formatted(kind, BRAKES))
        .get(0);
  }

  /** An answer to the submission of the brakes, over that content. */
  final SignedAct approval(String operator, String digest) {
    return new SignedAct(
        SignedAct.Kind.APPROVED,
        "campaign " + BRAKES,
        digest,
        submission(),
        operator,
        JobHarness.NOW,
        "");
  }

  /** The id of the submission of the brakes, as the store has it. */
  final String submission() {
    return SignedAct.verify(
            document(SignedAct.Kind.SUBMITTED), "", TestOperators.first(), JobHarness.NOW)
        .id();
  }

  final String digest() {
    return jobs.sql().rows("select digest from campaign where campaign = '" + BRAKES + "'").get(0);
  }

  final JobExecution run(String job) {
    return JobHarness.completed(
        jobs.run(job, new RunParameters("night-2", null).toJobParameters()));
  }

  /** Issuing stops the brakes for that reason and issues the other campaign. */
  final void assertStopped(String reason) {
    JobExecution issue = run(IssueManifestsJobConfiguration.JOB);
    assertThat(JobHarness.summary(issue))
        .isEqualTo(
            BRAKES
                + ": stopped, not trusted: "
                + reason
                + "\n"
                + MEDIA
                + ": 12 manifests to issue");
    assertThat(JobSummary.isDistrusted(issue)).isTrue();
    assertThat(jobs.sql().rows("select campaign, state, state_reason from campaign order by all"))
        .first()
        .isEqualTo(BRAKES + "|PAUSED|not trusted: " + reason);
    assertThat(jobs.sql().rows("select distinct campaign, state from manifest"))
        .containsExactly(MEDIA + "|ISSUED");
    assertThat(Outbox.manifests(home().outbox(), JobHarness.NOW))
        .hasSize(12)
        .allMatch(manifest -> manifest.campaign().equals(MEDIA));
  }
}
