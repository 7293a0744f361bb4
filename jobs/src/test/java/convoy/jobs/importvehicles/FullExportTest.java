package convoy.jobs.importvehicles;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a landing says of a file beside its rows, through the job and from real files. */
class FullExportTest {
  private static final String HEADER =
      "vin,model,model_year,powertrain,region,manufactured_on,exported_at\n";
  private static final String KEPT = "WVWKP2BR3RW000001";
  private static final String LACKING = "WVWKP2BR5RW000002";

  @TempDir Path root;

  @Test
  void aFullExportByItsProfileListsTheVehiclesThatItLacks() throws IOException {
    try (JobHarness jobs = new JobHarness(root)) {
      Files.createDirectories(jobs.home().profiles());
      Files.writeString(
          jobs.home().profiles().resolve("wob.yaml"),
          "profile: wob\nfiles: [\"wob-*.csv\"]\nplant: WOB\ncontent: FULL\n");
      take(jobs, "wob-1.csv", row(KEPT, "2026-11-19") + row(LACKING, "2026-11-19"));

      String said = take(jobs, "wob-2.csv", row(KEPT, "2026-11-20"));

      assertThat(said)
          .isEqualTo(
              "wob-2.csv: 1 rows read, 0 accepted, 1 unchanged, 0 quarantined; known vehicles that"
                  + " this full export lacks: 1");
      try (var files = Files.list(jobs.home().quarantine())) {
        Path missing =
            files.filter(f -> f.toString().endsWith(".missing.csv")).findFirst().orElseThrow();
        assertThat(Files.readAllLines(missing))
            .hasSize(2)
            .element(1)
            .asString()
            .contains("MISSING_VEHICLE," + LACKING);
      }
      assertThat(jobs.sql().rows("select vin, plant, retired_at from vehicle order by vin"))
          .containsExactly(KEPT + "|WOB|-", LACKING + "|WOB|-");
    }
  }

  private static String row(String vin, String day) {
    return vin + ",Boreal,2024,PETROL,DE,2023-11-21," + day + "T22:00:00Z\n";
  }

  private static String take(JobHarness jobs, String name, String rows) throws IOException {
    Path file =
        Files.write(
            jobs.home().inboxManufacturing().resolve(name),
            (HEADER + rows).getBytes(StandardCharsets.UTF_8));
    return JobHarness.summary(
        JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run-" + name)));
  }
}
