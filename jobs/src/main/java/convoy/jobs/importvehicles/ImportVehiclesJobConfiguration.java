package convoy.jobs.importvehicles;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.ImportLedger;
import convoy.data.duckdb.Landing;
import convoy.data.duckdb.ManufacturingStaging;
import convoy.data.duckdb.StagedExport;
import convoy.data.duckdb.StepPositions;
import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.ExportContent;
import convoy.data.vehicle.ExportRowCheck;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.RuleTable;
import convoy.jobs.input.InputJobs;
import convoy.jobs.input.InputParameters;
import convoy.jobs.platform.MappedReader;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.jobs.platform.ReadAhead;
import convoy.readers.export.ExportFile;
import convoy.readers.export.ExportFormats;
import convoy.readers.export.ExportReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
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
  ItemStreamReader<List<CheckedRow>> exportRows(
      @Value("#{jobParameters['file']}") String file,
      @Value("#{jobParameters['sha256']}") String sha256,
      OpenStore store,
      Home home,
      ConvoySettings settings,
      ModuleCatalog modules,
      RuleTable importRules,
      Clock clock) {
    ExportReader rows =
        new ExportReader(
            Path.of(file),
            ExportFormats.of(home, settings, modules),
            () -> StepPositions.committed(store.get(), ImportLedger.stagingStep(sha256)));
    return ReadAhead.chunk(
        new MappedReader<>(rows, new ExportRowCheck(modules, importRules, clock.instant())::check),
        settings.imports().chunkRows());
  }

  @Bean
  RuleTable importRules(ConvoySettings settings, ModuleCatalog modules) {
    return ImportRules.table(settings.imports(), modules);
  }

  @Bean
  @StepScope
  ItemWriter<List<CheckedRow>> exportStaging(
      @Value("#{jobParameters['sha256']}") String sha256, OpenStore store) {
    return chunk -> ManufacturingStaging.append(store.get(), sha256, ReadAhead.items(chunk));
  }

  @Bean
  Step stageExport(
      JobRepository repository,
      PlatformTransactionManager transactions,
      ConvoySettings settings,
      ItemStreamReader<List<CheckedRow>> exportRows,
      ItemWriter<List<CheckedRow>> exportStaging,
      Progress progress) {
    return InputJobs.<List<CheckedRow>, List<CheckedRow>>stage(
            "stageExport",
            repository,
            transactions,
            ReadAhead.lists(settings.imports().chunkRows()),
            progress,
            List::size)
        .reader(exportRows)
        .writer(exportStaging)
        .build();
  }

  @Bean
  Job importVehicles(
      JobRepository repository,
      Step stageExport,
      OpenStore store,
      ConvoySettings settings,
      ModuleCatalog modules,
      RuleTable importRules,
      Clock clock,
      Home home) {
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
        (open, input) -> {
          ExportFormats formats = ExportFormats.of(home, settings, modules);
          return Landing.manufacturing(
              open,
              input.file(),
              staged(input, formats, settings, importRules),
              input.run(),
              clock.instant());
        });
  }

  private static StagedExport staged(
      InputParameters input, ExportFormats formats, ConvoySettings settings, RuleTable rules) {
    ExportFile file = ExportFile.probe(input.path(), formats);
    return new StagedExport(
        file.content() == ExportContent.FULL,
        file.plant(),
        rules,
        ImportRules.errorShare(settings.imports()),
        new FileRows(input.path(), formats));
  }
}
