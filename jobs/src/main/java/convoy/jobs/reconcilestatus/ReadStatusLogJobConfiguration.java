package convoy.jobs.reconcilestatus;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.ImportLedger;
import convoy.data.duckdb.Landing;
import convoy.data.duckdb.StatusStaging;
import convoy.data.duckdb.StepPositions;
import convoy.data.status.StatusRow;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.input.InputJobs;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.readers.status.StatusLogReader;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.listener.StepListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Takes one status log in: read, check, stage; then land all of it at once; then archive. */
@Configuration(proxyBeanMethods = false)
public class ReadStatusLogJobConfiguration {
  public static final String JOB = "readStatusLog";

  @Bean
  @StepScope
  ItemStreamReader<StatusRow> statusLogReader(
      @Value("#{jobParameters['file']}") String file,
      @Value("#{jobParameters['sha256']}") String sha256,
      OpenStore store) {
    return new StatusLogReader(
        Path.of(file),
        () -> StepPositions.committed(store.get(), ImportLedger.stagingStep(sha256)));
  }

  @Bean
  @StepScope
  ItemProcessor<StatusRow, StatusStaging.Row> statusCheck(ModuleCatalog modules, Clock clock) {
    return new StatusCheck(modules, clock.instant())::check;
  }

  @Bean
  @StepScope
  ItemWriter<StatusStaging.Row> statusStaging(
      @Value("#{jobParameters['sha256']}") String sha256, OpenStore store) {
    return chunk -> StatusStaging.append(store.get(), sha256, chunk.getItems());
  }

  @Bean
  Step stageStatusLog(
      JobRepository repository,
      PlatformTransactionManager transactions,
      ConvoySettings settings,
      ItemStreamReader<StatusRow> statusLogReader,
      ItemProcessor<StatusRow, StatusStaging.Row> statusCheck,
      ItemWriter<StatusStaging.Row> statusStaging,
      Progress progress,
      Home home,
      OpenStore store) {
    return InputJobs.<StatusRow, StatusStaging.Row>stage(
            "stageStatusLog",
            repository,
            transactions,
            settings.status().chunkRows(),
            progress,
            row -> 1)
        .listener((StepListener) new SignatureCheck(home, settings.status(), store))
        .reader(statusLogReader)
        .processor(statusCheck)
        .writer(statusStaging)
        .build();
  }

  @Bean
  Job readStatusLog(
      JobRepository repository, Step stageStatusLog, OpenStore store, Clock clock, Home home) {
    return InputJobs.job(
        JOB,
        repository,
        stageStatusLog,
        new InputJobs.Destination(
            ImportLedger.Purpose.STATUS, home.archive().resolve("status"), home.quarantine()),
        store,
        clock,
        (open, input) -> Landing.status(open, input.file(), input.run(), clock.instant()));
  }
}
