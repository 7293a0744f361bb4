package convoy.data.duckdb;

import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.EcuFacts;
import convoy.data.vehicle.VehicleFacts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of a manufacturing export on their way in: kept aside until the whole file is read. */
public final class ManufacturingStaging {
  private record Row(String sha256, long rowNo, CheckedRow row) {
    <V> @Nullable V ofVehicle(Function<VehicleFacts, @Nullable V> value) {
      VehicleFacts vehicle = row.vehicle();
      return vehicle == null ? null : value.apply(vehicle);
    }

    <V> @Nullable V ofEcu(Function<EcuFacts, @Nullable V> value) {
      EcuFacts ecu = row.ecu();
      return ecu == null ? null : value.apply(ecu);
    }

    String vin() {
      VehicleFacts vehicle = row.vehicle();
      return vehicle != null ? vehicle.vin() : Objects.requireNonNull(row.ecu()).vin();
    }
  }

  private static final BulkTable.Definition<Row> ROWS =
      new BulkTable.Definition<Row>("offered_rows")
          .text("sha256", Row::sha256)
          .number("row_no", Row::rowNo)
          .text("kind", r -> r.row().kind().name())
          .text("sheet", r -> r.row().sheet())
          .number("line", r -> r.row().line())
          .text("raw", r -> r.row().raw())
          .text("vin", Row::vin)
          .text("model", r -> r.ofVehicle(VehicleFacts::model))
          .number("model_year", r -> r.<Long>ofVehicle(v -> (long) v.modelYear()))
          .text("powertrain", r -> r.<String>ofVehicle(v -> v.powertrain().name()))
          .text("region", r -> r.ofVehicle(VehicleFacts::region))
          .text("engine_number", r -> r.ofVehicle(VehicleFacts::engineNumber))
          .text("chassis_number", r -> r.ofVehicle(VehicleFacts::chassisNumber))
          .date("manufactured_on", r -> r.<LocalDate>ofVehicle(VehicleFacts::manufacturedOn))
          .text("module", r -> r.ofEcu(EcuFacts::module))
          .text("serial", r -> r.ofEcu(EcuFacts::serial))
          .text("hardware_part", r -> r.ofEcu(EcuFacts::hardwarePart))
          .text("hardware_version", r -> r.ofEcu(EcuFacts::hardwareVersion))
          .text("software_version", r -> r.ofEcu(EcuFacts::softwareVersion))
          .text("software_key", r -> r.ofEcu(EcuFacts::softwareKey))
          .text("calibration", r -> r.ofEcu(EcuFacts::calibration))
          .text("protocol", r -> r.<String>ofEcu(e -> e.protocol().name()))
          .time("observed_at", r -> Objects.requireNonNull(r.row().observedAt()));

  private ManufacturingStaging() {}

  /**
   * Appends the next rows of the file and moves its position behind them, in one transaction.
   *
   * @param rows the rows that follow the committed ones, in file order, good and rejected
   */
  public static void append(FleetStore store, String sha256, List<? extends CheckedRow> rows) {
    String step = ImportLedger.stagingStep(sha256);
    BulkTable<Row> goodTable = store.bulk(ROWS);
    BulkTable<StagedRejections.Row> badTable = store.bulk(StagedRejections.TABLE);
    store.transaction(
        db -> {
          long rowNo = StepPositions.committed(db, step);
          List<Row> good = new ArrayList<>(rows.size());
          List<StagedRejections.Row> bad = new ArrayList<>();
          for (CheckedRow row : rows) {
            rowNo++;
            if (row.rejections().isEmpty()) {
              good.add(new Row(sha256, rowNo, row));
            }
            for (var rejection : row.rejections()) {
              bad.add(
                  new StagedRejections.Row(
                      sha256, rowNo, row.sheet(), row.line(), row.raw(), rejection));
            }
          }
          goodTable.offer(
              good, () -> db.text("insert into staged_row select * from offered_rows()").update());
          StagedRejections.insert(db, badTable, bad);
          StepPositions.advance(db, step, rowNo);
        });
  }
}
