package convoy.jobs.importvehicles;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.ImportLedger;
import convoy.data.duckdb.Landing;
import convoy.data.duckdb.ManufacturingStaging;
import convoy.data.duckdb.StepPositions;
import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.ExportRowCheck;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.RuleTable;
import convoy.jobs.input.InputJobs;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.readers.export.ExportReader;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Takes one manufacturing export into the fleet: read, check, stage; then land all of it at once;
 * then archive.
 */
@Configuration(proxyBeanMethods = false)
public class ImportVehiclesJobConfiguration {
  public static final String JOB = "importVehicles";

  @Bean
  @StepScope
  ItemStreamReader<ExportRow> exportReader(
      @Value("#{jobParameters['file']}") String file,
      @Value("#{jobParameters['sha256']}") String sha256,
      OpenStore store) {
    return new ExportReader(
        Path.of(file),
        () -> StepPositions.committed(store.get(), ImportLedger.stagingStep(sha256)));
  }

  @Bean
  RuleTable importRules(ConvoySettings settings, ModuleCatalog modules) {
    return ImportRules.table(settings.imports(), modules);
  }

  @Bean
  @StepScope
  ItemProcessor<ExportRow, CheckedRow> exportCheck(
      ModuleCatalog modules, RuleTable importRules, Clock clock) {
    ExportRowCheck check = new ExportRowCheck(modules, importRules, clock.instant());
    return check::check;
  }

  @Bean
  @StepScope
  ItemWriter<CheckedRow> exportStaging(
      @Value("#{jobParameters['sha256']}") String sha256, OpenStore store) {
    return chunk -> ManufacturingStaging.append(store.get(), sha256, chunk.getItems());
  }

  @Bean
  Step stageExport(
      JobRepository repository,
      PlatformTransactionManager transactions,
      ConvoySettings settings,
      ItemStreamReader<ExportRow> exportReader,
      ItemProcessor<ExportRow, CheckedRow> exportCheck,
      ItemWriter<CheckedRow> exportStaging,
      Progress progress) {
    return InputJobs.<ExportRow, CheckedRow>stage(
            "stageExport", repository, transactions, settings.imports().chunkRows(), progress)
        .reader(exportReader)
        .processor(exportCheck)
        .writer(exportStaging)
        .build();
  }

  @Bean
  Job importVehicles(
      JobRepository repository, Step stageExport, OpenStore store, Clock clock, Home home) {
    return InputJobs.job(
        JOB,
        repository,
        stageExport,
        new InputJobs.Destination(
            ImportLedger.Purpose.MANUFACTURING,
            home.archive().resolve("manufacturing"),
            home.quarantine()),
        store,
        clock,
        (open, input) -> Landing.manufacturing(open, input.file(), input.run(), clock.instant()));
  }
}
