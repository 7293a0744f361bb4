package convoy.jobs.issuemanifests;

import convoy.jobs.platform.RunParameters;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * What an issuing job is limited to.
 *
 * @param withdrawalsOnly whether it only writes manifests that take others back
 */
record IssueParameters(RunParameters run, boolean withdrawalsOnly) {
  private static final String WITHDRAWALS = "withdrawals";

  static IssueParameters of(JobParameters parameters) {
    return new IssueParameters(
        RunParameters.of(parameters), parameters.getString(WITHDRAWALS) != null);
  }

  static JobParameters withdrawals(String run, String campaign) {
    return new JobParametersBuilder(new RunParameters(run, campaign).toJobParameters())
        .addString(WITHDRAWALS, "true", false)
        .toJobParameters();
  }

  boolean includes(String campaign) {
    return run.includes(campaign);
  }
}
