package convoy.jobs.importvehicles;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module whose releases the settings list, from the settings to the store. */
class ListedModuleTest {
  @TempDir Path folder;

  @Test
  void listedReleasesLandInTheOrderOfTheListAndOthersAreQuarantined() throws IOException {
    Files.writeString(
        folder.resolve("convoy.yaml"),
        """
        modules:
          ABS: { scheme: LISTED, releases: [MU0712, MU0512, MU0612] }
          WIPER: { scheme: LISTED, releases: [MU0712, MU0512, MU0612], also: [] }
        """);
    try (JobHarness jobs = new JobHarness(folder)) {
      take(jobs, "vehicles.csv", Exports.VEHICLES, List.of(Exports.vehicle(Exports.FIRST_VIN)));
      take(
          jobs,
          "ecus.csv",
          Exports.ECUS,
          List.of(
              Exports.ecu(Exports.FIRST_VIN, "ESP", "MU0512"),
              Exports.ecu(Exports.FIRST_VIN, "WIPER", "MU0712"),
              Exports.ecu(Exports.FIRST_VIN, "GATEWAY", "1.0.0"),
              Exports.ecu(Exports.FIRST_VIN, "WIPER", "MU0613")));
      assertThat(
              jobs.sql()
                  .rows(
                      "select module, software_version from ecu where module <> 'GATEWAY'"
                          + " order by software_key"))
          .containsExactly("WIPER|MU0712", "ABS|MU0512");
      assertThat(jobs.sql().rows("select line, rule, found, expected from quarantine"))
          .containsExactly(
              "5|SOFTWARE_VERSION|MU0613|a release that the settings list, did you mean 'MU0612'?");
    }
  }

  private static void take(JobHarness jobs, String name, String header, List<String> rows) {
    JobHarness.completed(
        jobs.take(
            ImportVehiclesJobConfiguration.JOB, Exports.deliver(jobs, name, header, rows), "run"));
  }
}
