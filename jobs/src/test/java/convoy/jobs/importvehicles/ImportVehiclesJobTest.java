package convoy.jobs.importvehicles;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;

class ImportVehiclesJobTest {
  @TempDir Path folder;
  private JobHarness jobs;

  @BeforeEach
  void start() {
    jobs = new JobHarness(folder);
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void theSamplesLandWithTheCountsOfTheirReadme() {
    assertThat(take("wolfsburg-vehicles.csv"))
        .isEqualTo(
            "wolfsburg-vehicles.csv: 464 rows read, 450 accepted, 0 unchanged, 14 quarantined");
    assertThat(take("wolfsburg-ecus.csv"))
        .isEqualTo(
            "wolfsburg-ecus.csv: 4,526 rows read, 4,511 accepted, 0 unchanged, 15 quarantined");
    assertThat(take("puebla-export.xlsx"))
        .isEqualTo(
            "puebla-export.xlsx: 2,801 rows read, 2,777 accepted, 0 unchanged, 24 quarantined");
    assertThat(take("shanghai-flat.csv"))
        .isEqualTo(
            "shanghai-flat.csv: 3,155 rows read, 3,135 accepted, 0 unchanged, 20 quarantined");
    assertThat(jobs.home().inboxManufacturing()).isEmptyDirectory();
  }

  private String take(String name) {
    Path file = jobs.deliver(JobHarness.samples().resolve(name));
    JobExecution execution = jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run-1");
    return JobHarness.summary(JobHarness.completed(execution));
  }
}
