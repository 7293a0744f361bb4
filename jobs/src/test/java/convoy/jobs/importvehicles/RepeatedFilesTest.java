package convoy.jobs.importvehicles;

import static convoy.jobs.importvehicles.Exports.FIRST_VIN;
import static convoy.jobs.importvehicles.Exports.SECOND_VIN;
import static convoy.jobs.importvehicles.Exports.VEHICLES;
import static convoy.jobs.importvehicles.Exports.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same bytes again change nothing; new bytes change what they say. */
class RepeatedFilesTest {
  private static final String BAD = "WVWKP2BR4RW000001";

  @TempDir Path folder;
  private JobHarness jobs;

  @BeforeEach
  void start() {
    jobs = new JobHarness(folder);
    take("v.csv", "run-1", List.of(vehicle(FIRST_VIN), vehicle(BAD)));
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void theSameBytesInALaterRunChangeNothing() {
    List<String> before = everything();
    assertThat(take("v.csv", "run-2", List.of(vehicle(FIRST_VIN), vehicle(BAD))))
        .isEqualTo("v.csv: taken over before as v.csv, nothing changed");
    assertThat(everything()).isEqualTo(before);
    assertThat(jobs.home().inboxManufacturing()).isEmptyDirectory();
  }

  @Test
  void theSameBytesUnderAnotherNameInTheSameRunChangeNothing() {
    List<String> before = everything();
    assertThat(take("copy of v.csv", "run-1", List.of(vehicle(FIRST_VIN), vehicle(BAD))))
        .isEqualTo("copy of v.csv: taken over before as v.csv, nothing changed");
    assertThat(everything()).isEqualTo(before);
    assertThat(jobs.home().inboxManufacturing()).isEmptyDirectory();
  }

  @Test
  void aRowThatSaysNothingNewIsUnchanged() {
    assertThat(take("v.csv", "run-2", List.of(vehicle(FIRST_VIN), vehicle(SECOND_VIN))))
        .isEqualTo("v.csv: 2 rows read, 1 accepted, 1 unchanged, 0 quarantined");
  }

  @Test
  void anOlderExportThatArrivesLateOverwritesNothing() {
    List<String> before = jobs.sql().rows("from vehicle");
    String older =
        vehicle(FIRST_VIN).replace("Brevik", "Aldera").replace("2026-11-20T", "2026-11-19T");
    assertThat(take("old.csv", "run-2", List.of(older)))
        .isEqualTo("old.csv: 1 rows read, 0 accepted, 1 unchanged, 0 quarantined");
    assertThat(jobs.sql().rows("from vehicle")).isEqualTo(before);
  }

  private List<String> everything() {
    return jobs.sql()
        .rows(
            "select to_json(list(v)) from vehicle v union all select to_json(list(q)) from"
                + " quarantine q union all select to_json(list(f)) from import_file f union all"
                + " select to_json(list(a)) from audit_log a");
  }

  private String take(String name, String run, List<String> rows) {
    Path file = Exports.deliver(jobs, name, VEHICLES, rows);
    return JobHarness.summary(
        JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, file, run)));
  }
}
