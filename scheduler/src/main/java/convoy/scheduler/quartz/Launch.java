package convoy.scheduler.quartz;

import convoy.scheduler.launch.NightlyRun;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Quartz fires: a nightly run, one that only issues, or an urgent one of a campaign. */
@DisallowConcurrentExecution
public final class Launch implements org.quartz.Job {
  static final JobKey NIGHTLY = JobKey.jobKey("nightly");
  static final JobKey ISSUE = JobKey.jobKey("issue");
  static final JobKey URGENT = JobKey.jobKey("urgent");

  /** The trigger's entry that names the campaign of an urgent run. */
  static final String CAMPAIGN = "campaign";

  private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

  private final NightlyRun runs;

  Launch(NightlyRun runs) {
    this.runs = runs;
  }

  /**
   * A run that fails is logged here and stays unfinished in the store, where the next one takes it
   * up.
   */
  @Override
  public void execute(JobExecutionContext context) throws JobExecutionException {
    try {
      NightlyRun.Outcome outcome = launch(context);
      if (!outcome.isDone()) {
        LOG.error("run {} failed; the next run takes it up", outcome.runId());
      } else if (!outcome.isDelivered()) {
        LOG.error("run {} did not publish all; the next run goes on from there", outcome.runId());
      }
    } catch (RuntimeException e) {
      LOG.error("launch failed", e);
      throw new JobExecutionException(e);
    }
  }

  private NightlyRun.Outcome launch(JobExecutionContext context) {
    JobKey job = context.getJobDetail().getKey();
    if (job.equals(URGENT)) {
      return runs.urgent(context.getMergedJobDataMap().getString(CAMPAIGN));
    }
    return job.equals(ISSUE) ? runs.issue() : runs.nightly();
  }
}
