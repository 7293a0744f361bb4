package convoy.data.duckdb;

import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.EcuFacts;
import convoy.data.vehicle.Finding;
import convoy.data.vehicle.VehicleFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rows of a manufacturing export on their way in: kept aside, in tables of the file's own, until
 * the whole file is read. The raw text of good rows is not kept; it is read again where it is
 * needed.
 */
public final class ManufacturingStaging {
  private record Vehicle(long rowNo, CheckedRow row, VehicleFacts facts) {}

  private record Ecu(long rowNo, CheckedRow row, EcuFacts facts) {}

  private static final BulkTable.Definition<Vehicle> VEHICLES =
      new BulkTable.Definition<Vehicle>("offered_vehicles")
          .number("row_no", Vehicle::rowNo)
          .word("kind", v -> v.row().kind().name())
          .word("sheet", v -> v.row().sheet())
          .number("line", v -> v.row().line())
          .text("vin", v -> v.facts().vin())
          .word("model", v -> v.facts().model())
          .number("model_year", v -> v.facts().modelYear())
          .word("powertrain", v -> v.facts().powertrain().name())
          .word("region", v -> v.facts().region())
          .text("engine_number", v -> v.facts().engineNumber())
          .text("chassis_number", v -> v.facts().chassisNumber())
          .date("manufactured_on", v -> v.facts().manufacturedOn())
          .word("plant", v -> v.facts().plant())
          .time("observed_at", v -> observedAt(v.row()));

  private static final BulkTable.Definition<Ecu> ECUS =
      new BulkTable.Definition<Ecu>("offered_ecus")
          .number("row_no", Ecu::rowNo)
          .word("sheet", e -> e.row().sheet())
          .number("line", e -> e.row().line())
          .text("vin", e -> e.facts().vin())
          .word("module", e -> e.facts().module())
          .text("serial", e -> e.facts().serial())
          .text("hardware_part", e -> e.facts().hardwarePart())
          .text("hardware_version", e -> e.facts().hardwareVersion())
          .text("software_version", e -> e.facts().softwareVersion())
          .text("software_key", e -> e.facts().softwareKey())
          .text("calibration", e -> e.facts().calibration())
          .word("protocol", e -> e.facts().protocol().name())
          .text("rxswin", e -> e.facts().rxswin())
          .text("certificate", e -> e.facts().certificate())
          .time("observed_at", e -> observedAt(e.row()));

  private ManufacturingStaging() {}

  private static Instant observedAt(CheckedRow row) {
    return Objects.requireNonNull(row.observedAt());
  }

  /**
   * Appends the next rows of the file and moves its position behind them, in one transaction.
   *
   * @param rows the rows that follow the committed ones, in file order, good and rejected
   */
  public static void append(FleetStore store, String sha256, List<? extends CheckedRow> rows) {
    String step = ImportLedger.stagingStep(sha256);
    StagedTables tables = new StagedTables(sha256);
    BulkTable<Vehicle> vehicleTable = store.bulk(VEHICLES);
    BulkTable<Ecu> ecuTable = store.bulk(ECUS);
    BulkTable<StagedRejections.Row> findingTable = store.bulk(StagedRejections.TABLE);
    store.transaction(
        db -> {
          tables.create(db);
          long rowNo = StepPositions.committed(db, step);
          List<Vehicle> vehicles = new ArrayList<>();
          List<Ecu> ecus = new ArrayList<>(rows.size());
          List<StagedRejections.Row> findings = new ArrayList<>();
          for (CheckedRow row : rows) {
            rowNo++;
            addFindings(findings, sha256, rowNo, row);
            VehicleFacts vehicle = row.vehicle();
            if (vehicle != null) {
              vehicles.add(new Vehicle(rowNo, row, vehicle));
            }
            EcuFacts ecu = row.ecu();
            if (ecu != null) {
              ecus.add(new Ecu(rowNo, row, ecu));
            }
          }
          vehicleTable.offer(vehicles, () -> insert(db, tables.vehicles(), "offered_vehicles"));
          ecuTable.offer(ecus, () -> insert(db, tables.ecus(), "offered_ecus"));
          StagedRejections.insert(db, findingTable, findings);
          StepPositions.advance(db, step, rowNo);
        });
  }

  private static void insert(Db db, String table, String offered) {
    db.text("insert into %s select * from %s()".formatted(table, offered)).update();
  }

  private static void addFindings(
      List<StagedRejections.Row> findings, String sha256, long rowNo, CheckedRow row) {
    for (Finding finding : row.rejections()) {
      findings.add(staged("ERROR", sha256, rowNo, row, finding));
    }
    for (Finding finding : row.warnings()) {
      findings.add(staged("WARN", sha256, rowNo, row, finding));
    }
  }

  private static StagedRejections.Row staged(
      String severity, String sha256, long rowNo, CheckedRow row, Finding finding) {
    return new StagedRejections.Row(
        sha256, severity, rowNo, row.sheet(), row.line(), row.raw(), finding);
  }
}
