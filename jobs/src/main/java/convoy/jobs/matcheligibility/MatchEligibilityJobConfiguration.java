package convoy.jobs.matcheligibility;

import convoy.config.ConvoySettings;
import convoy.data.duckdb.Eligibility;
import convoy.data.eligibility.MatchRules;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.platform.Tasklets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Decides for every campaign that may still issue manifests, over the whole fleet, which vehicles
 * its update fits.
 */
@Configuration(proxyBeanMethods = false)
public class MatchEligibilityJobConfiguration {
  public static final String JOB = "matchEligibility";

  @Bean
  MatchRules matchRules(ConvoySettings settings, ModuleCatalog modules) {
    return MatchSettings.rules(settings, modules);
  }

  @Bean
  Job matchEligibility(JobRepository repository, MatchRules rules, OpenStore store, Clock clock) {
    Step match =
        Tasklets.step(
            "matchCampaigns",
            repository,
            step -> Eligibility.match(store.get(), rules, clock.instant()));
    Step summarise =
        Tasklets.step(
            "summariseMatching",
            repository,
            step -> {
              RunParameters parameters = RunParameters.of(step.getJobParameters());
              List<String> lines = new ArrayList<>();
              for (String campaign : Eligibility.openCampaigns(store.get())) {
                if (parameters.includes(campaign)) {
                  var counts = Eligibility.counts(store.get(), campaign);
                  lines.add(
                      "%s: %,d eligible, %,d ineligible%s of %,d vehicles"
                          .formatted(
                              campaign,
                              counts.eligible(),
                              counts.ineligible(),
                              counts.unknown() == 0
                                  ? ""
                                  : ", %,d unknown".formatted(counts.unknown()),
                              counts.fleet()));
                }
              }
              JobSummary.say(step, lines.isEmpty() ? "no open campaign" : String.join("\n", lines));
            });
    return new JobBuilder(JOB, repository).start(match).next(summarise).build();
  }
}
