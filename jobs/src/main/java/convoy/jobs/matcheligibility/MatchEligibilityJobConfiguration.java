package convoy.jobs.matcheligibility;

import convoy.data.duckdb.Eligibility;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.platform.Tasklets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.IteratorItemReader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Decides for every campaign that may still issue manifests, over the whole fleet, which vehicles
 * its update fits.
 */
@Configuration(proxyBeanMethods = false)
public class MatchEligibilityJobConfiguration {
  public static final String JOB = "matchEligibility";

  @Bean
  @StepScope
  ItemReader<String> campaignsToMatch(
      OpenStore store,
      @Value("#{jobParameters['run']}") String run,
      @Value("#{jobParameters['campaign']}") String campaign) {
    RunParameters parameters = new RunParameters(run, campaign);
    return new IteratorItemReader<>(
        Eligibility.openCampaigns(store.get()).stream().filter(parameters::includes).toList());
  }

  @Bean
  ItemWriter<String> eligibilityWriter(OpenStore store, Clock clock) {
    return campaigns ->
        campaigns.forEach(campaign -> Eligibility.match(store.get(), campaign, clock.instant()));
  }

  /** One campaign a chunk: each replaces its own verdicts in one transaction of the fleet store. */
  @Bean
  Step matchCampaigns(
      JobRepository repository,
      PlatformTransactionManager transactions,
      ItemReader<String> campaignsToMatch,
      ItemWriter<String> eligibilityWriter) {
    return new StepBuilder("matchCampaigns", repository)
        .<String, String>chunk(1)
        .transactionManager(transactions)
        .reader(campaignsToMatch)
        .writer(eligibilityWriter)
        .build();
  }

  @Bean
  Job matchEligibility(JobRepository repository, Step matchCampaigns, OpenStore store) {
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
                      "%s: %,d eligible, %,d ineligible of %,d vehicles"
                          .formatted(
                              campaign,
                              counts.eligible(),
                              counts.ineligible(),
                              counts.eligible() + counts.ineligible()));
                }
              }
              JobSummary.say(step, lines.isEmpty() ? "no open campaign" : String.join("\n", lines));
            });
    return new JobBuilder(JOB, repository).start(matchCampaigns).next(summarise).build();
  }
}
