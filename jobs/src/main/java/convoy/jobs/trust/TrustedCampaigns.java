package convoy.jobs.trust;

import convoy.data.duckdb.CampaignStops;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.RunParameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.batch.core.step.StepExecution;

/**
 * The campaigns that a step may work for; one that cannot be trusted is paused, and the job says
 * why.
 */
public final class TrustedCampaigns {
  private TrustedCampaigns() {}

  /**
   * The campaigns in one of these states that pass the trust check, in the order in which they go
   * first.
   *
   * @param lines gets a line for each campaign that was stopped
   */
  public static List<Campaigns.Campaign> select(
      FleetStore store,
      TrustCheck check,
      Set<String> states,
      StepExecution step,
      List<String> lines,
      Instant now) {
    RunParameters parameters = RunParameters.of(step.getJobParameters());
    List<Campaigns.Campaign> trusted = new ArrayList<>();
    for (Campaigns.Campaign campaign : Campaigns.all(store)) {
      if (!parameters.includes(campaign.id()) || !states.contains(campaign.state())) {
        continue;
      }
      Optional<String> problem = check.problem(store, campaign);
      if (problem.isEmpty()) {
        trusted.add(campaign);
      } else {
        lines.add(stop(store, campaign, problem.get(), step, now));
      }
    }
    return trusted;
  }

  /** Pauses a campaign that cannot be trusted, and says so in a line for a person. */
  public static String stop(
      FleetStore store,
      Campaigns.Campaign campaign,
      String problem,
      StepExecution step,
      Instant now) {
    CampaignStops.pause(store, campaign.id(), "not trusted: " + problem, now);
    JobSummary.distrusted(step);
    return "%s: stopped, not trusted: %s".formatted(campaign.id(), problem);
  }
}
