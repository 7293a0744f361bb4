package convoy.jobs.auditinventory;

import static convoy.jobs.auditinventory.SmallFleet.EXPORTED_AT;
import static convoy.jobs.auditinventory.SmallFleet.vin;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.accuracy.InventoryCheck;
import convoy.data.duckdb.Reports;
import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.platform.RunParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;

/**
 * Inventories made by importing small exports: each fault is found where it is, and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditInventoryJobTest {
  private final Path folder;
  private final JobHarness usual;
  private JobHarness jobs;
  private int cases;

  AuditInventoryJobTest(@TempDir Path folder) {
    this.folder = folder;
    usual = new JobHarness(folder.resolve("usual"));
    jobs = usual;
  }

  /** Each case has a store of its own; the context, which takes longer to make, is one. */
  @BeforeEach
  void start() throws IOException {
    cases++;
    jobs = usual;
    Files.deleteIfExists(usual.home().store().resolve("fleet.duckdb"));
    Files.deleteIfExists(usual.home().store().resolve("fleet.duckdb.wal"));
  }

  /** The same store under other settings. */
  private void reopen(String settings) throws IOException {
    Path other = folder.resolve("other-" + cases);
    TestHome.copy(usual.home().root(), other);
    Files.writeString(other.resolve("convoy.yaml"), settings);
    jobs = new JobHarness(other);
  }

  @AfterEach
  void stop() {
    if (jobs != usual) {
      jobs.close();
    }
  }

  @AfterAll
  void end() {
    usual.close();
  }

  private String run(String night) {
    return night + "-" + cases;
  }

  private String audit(String run) {
    return jobs.summary(AuditInventoryJobConfiguration.JOB, run(run));
  }

  /** Examples as check, number of the vehicle, module, found and expected. */
  private List<String> examples(String run) {
    return jobs.sql()
        .rows(
            "select e.check_id, right(vin, 1), module, found, expected from audit_example e"
                + " join audit_finding_count c on c.run_id = e.run_id and c.check_id = e.check_id"
                + " where e.run_id = '%s' order by c.rowid, vin, module".formatted(run(run)));
  }

  @Test
  void aFleetWithoutFaultsHasNoFindingsAndEveryRowWasLookedAt() {
    new SmallFleet().good(1).good(2).good(3).good(4).land(jobs, run("plant"));
    assertThat(audit("night-1")).isEmpty();
    assertThat(examples("night-1")).isEmpty();
    assertThat(
            jobs.sql()
                .rows(
                    "select check_id, findings, rows_checked from audit_finding_count where run_id = '%s'"
                        .formatted(run("night-1"))))
        .hasSize(InventoryCheck.values().length)
        .allSatisfy(row -> assertThat(row).matches("[A-Z_]+\\|0\\|(4|12)"))
        .contains("NOT_HEARD_OF|0|4", "SHARED_SERIAL|0|12");
  }

  @Test
  void anEmptyFleetHasNoFindings() {
    assertThat(audit("night-1")).isEmpty();
  }

  @Test
  void whatVehiclesCannotBeIsFound() {
    new SmallFleet()
        .good(1)
        .good(2)
        .good(3)
        .vehicle(4, EXPORTED_AT)
        .vehicle(5, 2024, "ELECTRIC", "EM5", "CH5", "2023-11-21", EXPORTED_AT)
        .ecu(5, "ENGINE", "05.10.00", EXPORTED_AT)
        .vehicle(6, 2022, "PETROL", "DPC6", "CH6", "2023-01-01", EXPORTED_AT)
        .ecu(6, "ABS", "2.0.0", EXPORTED_AT)
        .vehicle(7, 2026, "PETROL", "DPC1", "CH7", "2023-12-31", EXPORTED_AT)
        .ecu(7, "ABS", "2.0.0", "2023-12-29T23:59:59Z")
        .ecu(7, "GATEWAY", "SN-2", "3.0.0", EXPORTED_AT)
        .vehicle(8, 2022, "PETROL", "DPC8", "CH1", "2022-12-31", EXPORTED_AT)
        .ecu(8, "ABS", "2.0.0", "2022-12-30T00:00:00Z")
        .land(jobs, run("plant"));
    assertThat(audit("night-1"))
        .isEqualTo(
            """
            WARN VEHICLE_WITHOUT_ECU: 1 of 8 vehicles
            ERROR IMPOSSIBLE_COMBINATION: 1 of 14 ECUs
            WARN MODEL_YEAR: 2 of 8 vehicles
            WARN OBSERVED_BEFORE_BUILT: 1 of 8 vehicles
            ERROR SHARED_SERIAL: 2 of 14 ECUs
            ERROR SHARED_ENGINE_NUMBER: 2 of 8 vehicles
            ERROR SHARED_CHASSIS_NUMBER: 2 of 8 vehicles""");
    assertThat(examples("night-1"))
        .containsExactly(
            "VEHICLE_WITHOUT_ECU|4|-|no ECU|at least one ECU",
            "IMPOSSIBLE_COMBINATION|5|ENGINE|ELECTRIC with ENGINE|a powertrain and modules that go together",
            "MODEL_YEAR|6|-|built on 2023-01-01, model year 2022|built from 2020-01-01 to 2022-12-31",
            "MODEL_YEAR|7|-|built on 2023-12-31, model year 2026|built from 2024-01-01 to 2026-12-31",
            "OBSERVED_BEFORE_BUILT|7|ABS|true at 2023-12-29T23:59:59Z|not before 2023-12-31, when the vehicle was built",
            "SHARED_SERIAL|7|GATEWAY|serial SN-2|a serial in one vehicle only (here: in 2, also in %s)"
                .formatted(vin(2)),
            "SHARED_SERIAL|2|GATEWAY|serial SN-2|a serial in one vehicle only (here: in 2, also in %s)"
                .formatted(vin(7)),
            "SHARED_ENGINE_NUMBER|1|-|engine number DPC1|a number of one vehicle only (here: of 2, also of %s)"
                .formatted(vin(7)),
            "SHARED_ENGINE_NUMBER|7|-|engine number DPC1|a number of one vehicle only (here: of 2, also of %s)"
                .formatted(vin(1)),
            "SHARED_CHASSIS_NUMBER|1|-|chassis number CH1|a number of one vehicle only (here: of 2, also of %s)"
                .formatted(vin(8)),
            "SHARED_CHASSIS_NUMBER|8|-|chassis number CH1|a number of one vehicle only (here: of 2, also of %s)"
                .formatted(vin(1)));
  }

  @Test
  void whatSoftwareCannotBeIsFound() throws IOException {
    new SmallFleet()
        .good(1)
        .good(2)
        .good(3)
        .good(4)
        .ecu(1, "CLUSTER", "1.3.0", "2026-10-01T00:00:00Z")
        .ecu(2, "CLUSTER", "1.3.0", "2026-10-01T00:00:00Z")
        .ecu(3, "CLUSTER", "1.3.0", "2026-10-01T00:00:00Z")
        .ecu(4, "CLUSTER", "1.3.0", "2026-10-01T00:00:00Z")
        .land(jobs, run("first"));
    // The first is newer, the second older, the third older in a unit that was newly fitted.
    new SmallFleet()
        .ecu(1, "CLUSTER", "1.4.0", EXPORTED_AT)
        .ecu(2, "CLUSTER", "1.2.9", EXPORTED_AT)
        .ecu(3, "CLUSTER", "SN-new", "1.2.9", EXPORTED_AT)
        .land(jobs, run("second"));
    assertThat(audit("night-1")).isEqualTo("ERROR WENT_BACKWARDS: 1 of 16 ECUs");
    assertThat(examples("night-1"))
        .containsExactly(
            "WENT_BACKWARDS|2|CLUSTER|1.2.9 at 2026-11-20T22:00:00Z|1.3.0 or later, as at"
                + " 2026-10-01T00:00:00Z, or a manifest since that names 1.2.9");

    // A module that the settings read differently since.
    reopen("modules: {GATEWAY: {scheme: DOTTED}}");
    assertThat(audit("night-2"))
        .isEqualTo(
            """
            ERROR UNREADABLE_VERSION: 4 of 16 ECUs, 0 in the run before
            ERROR WENT_BACKWARDS: 1 of 16 ECUs, 1 in the run before""");
    assertThat(examples("night-2"))
        .contains(
            "UNREADABLE_VERSION|1|GATEWAY|3.0.0|a version that came in under the scheme that the settings have now");
  }

  @Test
  @Tag("long")
  void inALargeFleetAVersionOfFewVehiclesIsNoRelease() {
    new SmallFleet().good(1).good(2).good(3).good(4).land(jobs, run("plant"));
    new SmallFleet()
        .ecu(1, "ABS", "9.0.0", "2026-11-20T23:00:00Z")
        .ecu(2, "ABS", "2.0.1", "2026-11-20T23:00:00Z")
        .ecu(3, "ABS", "2.0.1", "2026-11-20T23:00:00Z")
        .land(jobs, run("rare"));
    assertThat(audit("night-1")).isEmpty();
    // The first vehicle's facts 1,500 times over: now one vehicle in a thousand is more than one.
    jobs.sql()
        .change(
            "insert into vehicle select * exclude (i) replace ('MADE-UP-' || i as vin, 'E' || i as engine_number,"
                + " 'C' || i as chassis_number) from vehicle, range(1500) t(i) where vin = '%s'"
                    .formatted(vin(4)));
    jobs.sql()
        .change(
            "insert into ecu select * exclude (i) replace ('MADE-UP-' || i as vin, 'S' || i as serial)"
                + " from ecu, range(1500) t(i) where module = 'ABS' and vin = '%s'"
                    .formatted(vin(4)));
    assertThat(audit("night-2"))
        .isEqualTo("WARN UNKNOWN_RELEASE: 1 of 1,512 ECUs, 0 in the run before");
    assertThat(examples("night-2"))
        .containsExactly(
            "UNKNOWN_RELEASE|1|ABS|9.0.0|the target of a registered update, or a version that exports"
                + " name for so many vehicles: 2");
  }

  @Test
  @Tag("long")
  void vehiclesThatNothingIsHeardOfAreFoundAndEndWithTheNextExport() throws IOException {
    String old = "2026-05-25T01:29:59Z";
    String justInTime = "2026-05-25T01:30:00Z";
    new SmallFleet()
        .good(1)
        .vehicle(2, old)
        .ecu(2, "ABS", "2.0.0", "2026-03-01T00:00:00Z")
        .vehicle(3, old)
        .ecu(3, "ABS", "2.0.0", justInTime)
        .land(jobs, run("plant"));
    assertThat(audit("night-1")).isEqualTo("WARN NOT_HEARD_OF: 1 of 3 vehicles");
    assertThat(examples("night-1"))
        .containsExactly(
            "NOT_HEARD_OF|2|-|last heard of at 2026-05-25T01:29:59Z|an export or a report since 2026-05-25T01:30:00Z");
    new SmallFleet().ecu(2, "ABS", "2.0.0", EXPORTED_AT).land(jobs, run("next"));
    assertThat(audit("night-2")).isEmpty();

    assertThat(report("accuracy", "night-2"))
        .hasSize(InventoryCheck.values().length)
        .startsWith("ORPHAN_ECU|ERROR|ECUs whose vehicle is unknown|5|0|0|0|0, 0")
        .endsWith("NOT_HEARD_OF|WARN|Vehicles not heard of for a long time|3|0|1|-1|1, 0");
    assertThat(report("findings", "night-1"))
        .containsExactly(
            "NOT_HEARD_OF|%s|null|last heard of at 2026-05-25T01:29:59Z|an export or a report since 2026-05-25T01:30:00Z"
                .formatted(vin(2)));
    assertThat(report("findings", "night-2")).isEmpty();
  }

  private List<String> report(String name, String night) {
    return jobs.with(
        store -> {
          List<String> rows = new ArrayList<>();
          Reports.rows(store, name, run(night))
              .forEach(row -> rows.add(row.stream().map(String::valueOf).collect(joining("|"))));
          return rows;
        });
  }

  @Test
  void anEcuThatLostItsVehicleIsFound() {
    new SmallFleet().good(1).good(2).good(3).good(4).land(jobs, run("plant"));
    jobs.sql().change("delete from vehicle where vin = '%s'".formatted(vin(2)));
    assertThat(audit("night-1")).isEqualTo("ERROR ORPHAN_ECU: 3 of 12 ECUs");
    assertThat(examples("night-1"))
        .first()
        .isEqualTo("ORPHAN_ECU|2|ABS|%s|the VIN of a vehicle in the fleet".formatted(vin(2)));
  }

  @Test
  void theFirstExamplesAreKeptAndTheRestIsCounted() throws IOException {
    reopen("audit: {examples: 2, silent-after: PT1S}");
    new SmallFleet().good(3).good(1).good(2).good(4).land(jobs, run("plant"));
    assertThat(audit("night-1")).isEqualTo("WARN NOT_HEARD_OF: 4 of 4 vehicles");
    assertThat(examples("night-1"))
        .extracting(example -> example.substring(0, 16))
        .containsExactly("NOT_HEARD_OF|1|-", "NOT_HEARD_OF|2|-");
  }

  @Test
  void anAuditThatIsCutOffKeepsNothingAndIsDoneWholeWhenTakenUp() {
    new SmallFleet().good(1).good(2).good(3).vehicle(4, EXPORTED_AT).land(jobs, run("plant"));
    // No date has such a year, so the check of model years fails after others are done.
    jobs.sql()
        .change("update vehicle set model_year = 999999999 where vin = '%s'".formatted(vin(1)));
    var parameters = new RunParameters(run("night-1"), null).toJobParameters();
    assertThat(jobs.run(AuditInventoryJobConfiguration.JOB, parameters).getStatus())
        .isEqualTo(BatchStatus.FAILED);
    assertThat(jobs.sql().rows("select * from audit_finding_count")).isEmpty();
    assertThat(jobs.sql().rows("select * from audit_example")).isEmpty();
    jobs.sql().change("update vehicle set model_year = 2024 where vin = '%s'".formatted(vin(1)));
    assertThat(audit("night-1")).isEqualTo("WARN VEHICLE_WITHOUT_ECU: 1 of 4 vehicles");
    assertThat(examples("night-1")).hasSize(1);
  }
}
