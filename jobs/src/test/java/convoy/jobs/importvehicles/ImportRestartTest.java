package convoy.jobs.importvehicles;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.samples.SampleData;
import convoy.jobs.samples.SampleSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/**
 * An import that fails in the middle and is run again ends where an undisturbed one does: nothing
 * lost, nothing doubled (DESIGN rule 5.9).
 */
class ImportRestartTest {
  private static final SampleSpec SPEC =
      new SampleSpec(7, 20, 20, SampleData.PUBLISHED.exportedAt());
  private static final List<String> FILES =
      List.of(
          "wolfsburg-vehicles.csv",
          "wolfsburg-ecus.csv",
          "puebla-export.xlsx",
          "shanghai-flat.csv");
  private static final List<String> TABLES =
      List.of(
          "vehicle",
          "ecu",
          "observation",
          "quarantine",
          "import_file",
          "audit_log",
          "waiting_ecu",
          "staged_rejection",
          "step_position");
  private static final String SETTINGS = "import:\n  chunk-rows: 20\n";

  @TempDir Path folder;

  @Test
  @Tag("long")
  void everyFileIsCutOffAfterEveryChunkAndNothingIsLostOrDoubled() {
    SampleData.write(folder.resolve("exports"), SPEC);
    List<String> undisturbed = importAll("undisturbed", false);
    assertThat(undisturbed).hasSizeGreaterThan(200);
    assertThat(importAll("disturbed", true)).isEqualTo(undisturbed);
  }

  /** Imports all files; where disturbed, each attempt ends after its first chunk. */
  private List<String> importAll(String home, boolean disturbed) {
    Path root = TestHome.install(folder.resolve(home), SETTINGS);
    try (JobHarness jobs = new JobHarness(root)) {
      int cuts = 0;
      for (String name : FILES) {
        Path file = jobs.deliver(folder.resolve("exports").resolve(name));
        while (true) {
          if (disturbed) {
            jobs.plug().pullAt(1);
          }
          JobExecution execution = jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run-1");
          if (execution.getStatus() == BatchStatus.COMPLETED) {
            break;
          }
          assertThat(execution.getAllFailureExceptions())
              .singleElement(InstanceOfAssertFactories.THROWABLE)
              .rootCause()
              .hasMessage("the plug was pulled while reading " + name);
          assertThat(file).exists();
          cuts++;
        }
      }
      assertThat(cuts).isEqualTo(disturbed ? expectedCuts(jobs) : 0);
      return store(jobs);
    }
  }

  /** One after every chunk of twenty rows, the last and shorter one included. */
  private static int expectedCuts(JobHarness jobs) {
    return jobs.sql().rows("select rows_read from import_file").stream()
        .mapToInt(rows -> (Integer.parseInt(rows) + 19) / 20)
        .sum();
  }

  private static List<String> store(JobHarness jobs) {
    List<String> all = new ArrayList<>();
    for (String table : TABLES) {
      all.addAll(jobs.sql().rows("select '%s', * from %s order by all".formatted(table, table)));
    }
    return all;
  }
}
