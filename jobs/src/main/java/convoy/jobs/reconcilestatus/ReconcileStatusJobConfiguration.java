package convoy.jobs.reconcilestatus;

import convoy.config.ConvoySettings;
import convoy.data.duckdb.Reconciliation;
import convoy.data.duckdb.Reconciliation.Folded;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Tasklets;
import java.time.Clock;
import java.util.List;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Folds the landed events into the states of assignments, passes deadlines, and lets the gates
 * decide.
 */
@Configuration(proxyBeanMethods = false)
public class ReconcileStatusJobConfiguration {
  public static final String JOB = "reconcileStatus";

  @Bean
  @StepScope
  ItemReader<Folded> foldReader(OpenStore store, ConvoySettings settings) {
    return new FoldReader(store.get(), new Folding(settings.status()));
  }

  @Bean
  ItemWriter<Folded> foldWriter(OpenStore store, Clock clock) {
    return chunk -> Reconciliation.apply(store.get(), chunk.getItems(), clock.instant());
  }

  @Bean
  Step foldEvents(
      JobRepository repository,
      PlatformTransactionManager transactions,
      ConvoySettings settings,
      ItemReader<Folded> foldReader,
      ItemWriter<Folded> foldWriter) {
    return new StepBuilder("foldEvents", repository)
        .<Folded, Folded>chunk(settings.status().chunkRows())
        .transactionManager(transactions)
        .reader(foldReader)
        .writer(foldWriter)
        .build();
  }

  @Bean
  Job reconcileStatus(JobRepository repository, Step foldEvents, OpenStore store, Clock clock) {
    Step deadlines =
        Tasklets.step(
            "passDeadlines",
            repository,
            step -> {
              long folded =
                  step.getJobExecution().getStepExecutions().stream()
                      .filter(s -> s.getStepName().equals(foldEvents.getName()))
                      .mapToLong(s -> s.getWriteCount())
                      .sum();
              int marked = Reconciliation.passDeadlines(store.get(), clock.instant());
              JobSummary.say(
                  step,
                  "%,d assignments reconciled, %,d past their deadline".formatted(folded, marked));
            });
    Step gates =
        Tasklets.step(
            "decideGates",
            repository,
            step -> {
              List<String> lines = Gates.decide(store.get(), clock.instant());
              JobSummary.say(step, String.join("\n", lines));
            });
    return new JobBuilder(JOB, repository).start(foldEvents).next(deadlines).next(gates).build();
  }
}
