package convoy.jobs.reconcilestatus;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.ImportLedger;
import convoy.data.duckdb.Landing;
import convoy.data.duckdb.StatusStaging;
import convoy.data.duckdb.StepPositions;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.input.InputJobs;
import convoy.jobs.platform.MappedReader;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.jobs.platform.ReadAhead;
import convoy.readers.status.StatusLogReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.listener.StepListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
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
  ItemStreamReader<List<StatusStaging.Row>> statusLogReader(
      @Value("#{jobParameters['file']}") String file,
      @Value("#{jobParameters['sha256']}") String sha256,
      OpenStore store,
      ConvoySettings settings,
      ModuleCatalog modules,
      Clock clock) {
    StatusLogReader rows =
        new StatusLogReader(
            Path.of(file),
            () -> StepPositions.committed(store.get(), ImportLedger.stagingStep(sha256)));
    return ReadAhead.chunk(
        new MappedReader<>(rows, new StatusCheck(modules, clock.instant())::check),
        settings.status().chunkRows());
  }

  @Bean
  @StepScope
  ItemWriter<List<StatusStaging.Row>> statusStaging(
      @Value("#{jobParameters['sha256']}") String sha256, OpenStore store) {
    return chunk -> StatusStaging.append(store.get(), sha256, ReadAhead.items(chunk));
  }

  @Bean
  Step stageStatusLog(
      JobRepository repository,
      PlatformTransactionManager transactions,
      ConvoySettings settings,
      ItemStreamReader<List<StatusStaging.Row>> statusLogReader,
      ItemWriter<List<StatusStaging.Row>> statusStaging,
      Progress progress,
      Home home,
      OpenStore store) {
    return InputJobs.<List<StatusStaging.Row>, List<StatusStaging.Row>>stage(
            "stageStatusLog",
            repository,
            transactions,
            ReadAhead.lists(settings.status().chunkRows()),
            progress,
            List::size)
        .listener((StepListener) new SignatureCheck(home, settings.status(), store))
        .reader(statusLogReader)
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
