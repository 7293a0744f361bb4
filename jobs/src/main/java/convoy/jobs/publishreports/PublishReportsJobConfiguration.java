package convoy.jobs.publishreports;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.platform.Tasklets;
import convoy.writers.report.CsvReportWriter;
import convoy.writers.report.ReportTable;
import convoy.writers.report.WorkbookWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Writes what stands in the fleet store as one workbook and as CSV files, into a folder of the
 * run's own.
 */
@Configuration(proxyBeanMethods = false)
public class PublishReportsJobConfiguration {
  public static final String JOB = "publishReports";

  /** The workbook's name in the run's folder. */
  public static final String WORKBOOK = "convoy-report.xlsx";

  @Bean
  Job publishReports(
      JobRepository repository, OpenStore store, Home home, ConvoySettings settings, Clock clock) {
    return new JobBuilder(JOB, repository)
        .start(
            Tasklets.step(
                "writeReports",
                repository,
                step -> {
                  String run = RunParameters.of(step.getJobParameters()).run();
                  Path folder = Files.createDirectories(home.reports().resolve(run));
                  List<ReportTable> tables = ReportCatalog.tables(store.get(), run);
                  new WorkbookWriter()
                      .write(
                          folder.resolve(WORKBOOK),
                          "Update campaigns",
                          clock.instant(),
                          settings.schedule().zone(),
                          tables,
                          ReportCatalog.charts());
                  new CsvReportWriter().write(folder, settings.schedule().zone(), tables);
                  JobSummary.say(
                      step, "%s and %d CSV files in %s".formatted(WORKBOOK, tables.size(), folder));
                }))
        .build();
  }
}
