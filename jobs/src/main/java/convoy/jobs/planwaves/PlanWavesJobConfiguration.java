package convoy.jobs.planwaves;

import convoy.data.campaign.PlanRules;
import convoy.data.campaign.PlannedEnd;
import convoy.data.campaign.WavePlan;
import convoy.data.campaign.WaveRule;
import convoy.data.duckdb.CampaignStops;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Waves;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.platform.Tasklets;
import convoy.jobs.trust.TrustCheck;
import convoy.jobs.trust.TrustedCampaigns;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Plans the waves of approved campaigns, and keeps the plans of running ones up to date. */
@Configuration(proxyBeanMethods = false)
public class PlanWavesJobConfiguration {
  public static final String JOB = "planWaves";

  @Bean
  Job planWaves(JobRepository repository, OpenStore store, TrustCheck trust, Clock clock) {
    return new JobBuilder(JOB, repository)
        .start(
            Tasklets.step(
                "planCampaigns",
                repository,
                step -> plan(step, store.get(), trust, clock.instant())))
        .build();
  }

  private static void plan(StepExecution step, FleetStore store, TrustCheck trust, Instant now) {
    List<String> lines = new ArrayList<>();
    RunParameters parameters = RunParameters.of(step.getJobParameters());
    for (Campaigns.Campaign campaign : Campaigns.all(store)) {
      if (parameters.includes(campaign.id()) && campaign.state().equals("SUBMITTED")) {
        lines.add(
            "%s: waits for its approval by someone other than %s"
                .formatted(campaign.id(), campaign.author()));
      }
      if (parameters.includes(campaign.id()) && campaign.state().equals("DRAFT")) {
        lines.add("%s: a draft, waits to be submitted".formatted(campaign.id()));
      }
    }
    for (Campaigns.Campaign campaign :
        TrustedCampaigns.select(store, trust, Set.of("APPROVED", "RUNNING"), step, lines, now)) {
      lines.add(campaign.id() + ": " + plan(store, campaign, now));
    }
    Waves.settleCompetition(store, now);
    JobSummary.say(step, lines.isEmpty() ? "no approved campaign" : String.join("\n", lines));
  }

  private static String plan(FleetStore store, Campaigns.Campaign campaign, Instant now) {
    Optional<PlannedEnd> end = PlannedEnd.of(campaign.definition()).filter(e -> e.isPast(now));
    if (end.isPresent()) {
      return "its end has come (%s), nothing is planned any more".formatted(end.get().when());
    }
    PlanRules plan = PlanRules.of(campaign.definition());
    if (Waves.isPlanned(store, campaign.id())) {
      int joined = Waves.refresh(store, campaign.id(), plan.membership(), now);
      return joined == 0 ? "planned before" : "%,d vehicles joined its last wave".formatted(joined);
    }
    if (CampaignStops.isManual(store, campaign.id())
        && !CampaignStops.isStarted(store, campaign.id())) {
      return "waits for its start: ./convoy campaign start " + campaign.id();
    }
    long eligible = Waves.eligible(store, campaign.id());
    if (eligible == 0) {
      return "no eligible vehicle, nothing planned";
    }
    List<WaveRule> rules = plan.waves();
    List<Long> sizes = WavePlan.sizes(rules, eligible);
    List<String> names = rules.stream().map(WaveRule::name).toList();
    Waves.plan(store, campaign.id(), names, sizes, now);
    List<String> waves = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      waves.add("%s %,d".formatted(names.get(i), sizes.get(i)));
    }
    return waves.stream().collect(Collectors.joining(", ", "planned in waves: ", ""));
  }
}
