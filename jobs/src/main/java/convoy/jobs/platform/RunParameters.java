package convoy.jobs.platform;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * The parameters of a job that belongs to a run as a whole. The run identifies the job instance.
 *
 * @param campaign the one campaign that the job is limited to, or null for all
 */
public record RunParameters(String run, @Nullable String campaign) {
  /** The parameters of a job execution. */
  public static RunParameters of(JobParameters parameters) {
    return new RunParameters(
        Objects.requireNonNull(parameters.getString("run"), "job parameter run"),
        parameters.getString("campaign"));
  }

  /** As a job's parameters. */
  public JobParameters toJobParameters() {
    JobParametersBuilder builder = new JobParametersBuilder().addString("run", run);
    if (campaign != null) {
      builder.addString("campaign", campaign);
    }
    return builder.toJobParameters();
  }

  /** Whether the job is to deal with that campaign. */
  public boolean includes(String id) {
    return campaign == null || campaign.equals(id);
  }
}
