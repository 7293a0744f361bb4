package convoy.scheduler.quartz;

import convoy.scheduler.launch.NightlyRun;
import java.util.Objects;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Quartz fires: a nightly run, or an urgent one when the trigger names a campaign. */
@DisallowConcurrentExecution
public final class Launch implements org.quartz.Job {
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
    String campaign = Objects.toString(context.getMergedJobDataMap().get(CAMPAIGN), "");
    try {
      NightlyRun.Outcome outcome = campaign.isEmpty() ? runs.nightly() : runs.urgent(campaign);
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
}
