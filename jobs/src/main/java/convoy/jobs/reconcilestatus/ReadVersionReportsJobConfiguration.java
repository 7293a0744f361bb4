package convoy.jobs.reconcilestatus;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.AttackAlerts;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.ImportLedger;
import convoy.data.duckdb.Landing;
import convoy.data.duckdb.ReportStaging;
import convoy.data.duckdb.StepPositions;
import convoy.data.status.VersionReport;
import convoy.jobs.input.InputJobs;
import convoy.jobs.input.InputParameters;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.jobs.platform.ReadAhead;
import convoy.readers.status.VersionReportReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/**
 * Takes one file of signed version reports in: read, check the signatures, stage; then land all of
 * it at once; then archive.
 */
@Configuration(proxyBeanMethods = false)
public class ReadVersionReportsJobConfiguration {
  public static final String JOB = "readVersionReports";

  /** What the names of such files end in, in any case. */
  public static final String SUFFIX = ".vvr.jsonl";

  // Of ECUs, each with its signature; vehicles have few or many. What is known of them is looked up
  // once a chunk.
  private static final int CHUNK_LISTS = 4;
  private static final int LIST_REPORTS = 2_000;
  private static final int SHOWN = 20;

  /** Whether a file of that name holds version reports. */
  public static boolean isFor(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(SUFFIX);
  }

  @Bean
  @StepScope
  ItemStreamReader<List<VersionReport>> versionReportReader(
      @Value("#{jobParameters['file']}") String file,
      @Value("#{jobParameters['sha256']}") String sha256,
      OpenStore store) {
    return new ReadAhead<>(
        new VersionReportReader(
            Path.of(file),
            () -> StepPositions.committed(store.get(), ImportLedger.stagingStep(sha256))),
        VersionReport::rows,
        LIST_REPORTS,
        1);
  }

  @Bean
  @StepScope
  ItemWriter<List<VersionReport>> reportStaging(
      @Value("#{jobParameters['sha256']}") String sha256, OpenStore store, Clock clock) {
    return chunk -> {
      List<VersionReport> reports = ReadAhead.items(chunk);
      ReportStaging.append(
          store.get(), sha256, ReportCheck.rows(store.get(), reports, clock.instant()));
    };
  }

  @Bean
  Step stageVersionReports(
      JobRepository repository,
      PlatformTransactionManager transactions,
      ConvoySettings settings,
      ItemStreamReader<List<VersionReport>> versionReportReader,
      ItemWriter<List<VersionReport>> reportStaging,
      Progress progress,
      Home home,
      OpenStore store) {
    return InputJobs.<List<VersionReport>, List<VersionReport>>stage(
            "stageVersionReports",
            repository,
            transactions,
            CHUNK_LISTS,
            progress,
            reports -> reports.stream().mapToLong(VersionReport::rows).sum())
        .listener((StepListener) new SignatureCheck(home, settings.status(), store))
        .reader(versionReportReader)
        .writer(reportStaging)
        .build();
  }

  @Bean
  Job readVersionReports(
      JobRepository repository, Step stageVersionReports, OpenStore store, Clock clock, Home home) {
    return InputJobs.job(
        JOB,
        repository,
        stageVersionReports,
        new InputJobs.Destination(
            ImportLedger.Purpose.STATUS, home.archive().resolve("status"), home.quarantine()),
        store,
        clock,
        new InputJobs.Lander() {
          @Override
          public ImportLedger.Entry land(FleetStore open, InputParameters input) {
            return Landing.reports(open, input.file(), input.run(), clock.instant());
          }

          @Override
          public List<String> remarks(FleetStore open, InputParameters input) {
            return alerts(AttackAlerts.ofFile(open, input.sha256()));
          }
        });
  }

  private static List<String> alerts(List<AttackAlerts.Alert> alerts) {
    List<String> lines = new ArrayList<>();
    for (AttackAlerts.Alert alert : alerts.subList(0, Math.min(SHOWN, alerts.size()))) {
      lines.add(
          "ALERT: %s %s %s detected an attack, %s: %s"
              .formatted(
                  alert.vin(),
                  alert.module(),
                  alert.serial(),
                  alert.reportedAt(),
                  alert.attacks()));
    }
    if (alerts.size() > SHOWN) {
      lines.add(
          "ALERT: %,d more, see the table alerts of the report".formatted(alerts.size() - SHOWN));
    }
    return lines;
  }
}
