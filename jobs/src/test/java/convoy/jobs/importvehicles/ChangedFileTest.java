package convoy.jobs.importvehicles;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that somebody writes to or replaces while it is read. */
class ChangedFileTest {
  private static final String FIRST =
      """
      vin,model,model_year,powertrain,region,manufactured_on,exported_at
      WVWKP2BR3RW000001,Boreal,2024,PETROL,DE,2023-11-21,2026-11-20T22:00:00Z
      """;
  private static final String MORE =
      "WVWKP2BR5RW000002,Boreal,2024,PETROL,DE,2023-11-21,2026-11-20T22:00:00Z\n";

  @TempDir Path root;

  @Test
  void nothingOfItLandsAndTheNextRunTakesWhatItIsThen() throws IOException {
    try (JobHarness jobs = new JobHarness(root)) {
      Path file = Files.writeString(jobs.home().inboxManufacturing().resolve("v.csv"), FIRST);
      jobs.plug()
          .doNext(
              () -> {
                try {
                  Files.writeString(file, MORE, StandardOpenOption.APPEND);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });

      var changed =
          JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run-1"));

      assertThat(JobHarness.summary(changed))
          .isEqualTo("v.csv: changed while it was being read; left for the next run");
      assertThat(file).hasContent(FIRST + MORE);
      assertThat(jobs.sql().rows("select count(*) from vehicle")).containsExactly("0");
      assertThat(jobs.sql().rows("select count(*) from step_position")).containsExactly("0");
      assertThat(
              JobHarness.summary(
                  JobHarness.completed(
                      jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run-2"))))
          .isEqualTo("v.csv: 2 rows read, 2 accepted, 0 unchanged, 0 quarantined");
    }
  }
}
