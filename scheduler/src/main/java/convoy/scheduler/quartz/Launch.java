package convoy.scheduler.quartz;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.scheduler.launch.NightlyRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
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

  private static final Duration AGAIN = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

  private final NightlyRun runs;

  Launch(NightlyRun runs) {
    this.runs = runs;
  }

  /**
   * A run that fails is logged here and stays unfinished in the store, where the next one takes it
   * up. One that another process keeps from beginning, or from its store, is tried again, since
   * what it was to do is not done by that one: a person's night may be past its imports.
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
      if (e instanceof ConvoyException taken && taken.code() == ErrorCode.STORE_TAKEN) {
        again(context);
      }
      LOG.error("launch failed", e);
      throw new JobExecutionException(e);
    }
  }

  /** Not at once: other campaigns wait for the thread too. */
  private static void again(JobExecutionContext context) throws JobExecutionException {
    JobKey job = context.getJobDetail().getKey();
    Instant next = Instant.now().plus(AGAIN);
    try {
      context
          .getScheduler()
          .scheduleJob(
              TriggerBuilder.newTrigger()
                  .withIdentity(TriggerKey.triggerKey(job.getName() + "@" + next, "again"))
                  .forJob(job)
                  .usingJobData(context.getTrigger().getJobDataMap())
                  .withPriority(context.getTrigger().getPriority())
                  .startAt(Date.from(next))
                  .build());
      LOG.warn("{} is tried again at {}", job.getName(), next);
    } catch (SchedulerException e) {
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
