package convoy.data.duckdb;

import convoy.data.eligibility.PlainVehicle;
import convoy.data.eligibility.PlainVehicle.Ecu;
import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.EcuFacts;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.VehicleFacts;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain vehicles as exports tell of them. */
final class PlainExports {
  private PlainExports() {}

  static void land(
      FleetStore store, String name, @Nullable String fullExportOf, List<CheckedRow> rows) {
    InputFile file = Fleet.file(name);
    ManufacturingStaging.append(store, file.sha256(), rows);
    StagedExport delta = Fleet.export(rows);
    StagedExport export =
        fullExportOf == null
            ? delta
            : new StagedExport(true, fullExportOf, delta.rules(), delta.errorShare(), delta.raw());
    Landing.manufacturing(store, file, export, "run-1", Fleet.NOW);
  }

  static CheckedRow row(long line, PlainVehicle v) {
    VehicleFacts facts =
        new VehicleFacts(
            v.vin(),
            v.model(),
            2025,
            v.powertrain(),
            v.region(),
            "E-" + v.vin(),
            null,
            LocalDate.of(2025, 3, 1),
            v.plant());
    return new CheckedRow(
        ExportKind.VEHICLES, null, line, "raw", facts, null, v.toldAt(), List.of(), List.of());
  }

  /** The key that it had on its way in is none that anything could rely on. */
  static CheckedRow row(long line, String vin, String module, Ecu ecu) {
    EcuFacts facts =
        new EcuFacts(
            vin,
            module,
            vin + "-" + module,
            ecu.hardware(),
            ecu.hardwareVersion(),
            ecu.version(),
            "key of an earlier day",
            "CAL-1",
            ecu.protocol(),
            null,
            null);
    return new CheckedRow(
        ExportKind.ECUS, null, line, "raw", null, facts, ecu.toldAt(), List.of(), List.of());
  }
}
