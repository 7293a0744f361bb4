package convoy.data.vehicle;

import static convoy.data.vehicle.ExportColumn.CALIBRATION;
import static convoy.data.vehicle.ExportColumn.CERTIFICATE;
import static convoy.data.vehicle.ExportColumn.CHASSIS_NUMBER;
import static convoy.data.vehicle.ExportColumn.ENGINE_NUMBER;
import static convoy.data.vehicle.ExportColumn.HARDWARE_PART;
import static convoy.data.vehicle.ExportColumn.HARDWARE_VERSION;
import static convoy.data.vehicle.ExportColumn.MODEL;
import static convoy.data.vehicle.ExportColumn.PLANT;
import static convoy.data.vehicle.ExportColumn.RXSWIN;
import static convoy.data.vehicle.ExportColumn.SERIAL;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a single row of an export. All of them are applied and every rejection is listed;
 * two rows are never compared. Pure, and safe for use by several threads.
 */
public final class ExportRowCheck {
  private final RowValues rules;

  /**
   * @param now the job's start; what lies in the future is measured from it
   */
  public ExportRowCheck(ModuleCatalog modules, Instant now) {
    this.rules = new RowValues(modules, now);
  }

  /** The row's facts, or why it is not accepted. */
  public CheckedRow check(ExportRow row) {
    if (row.problem() != null) {
      return result(row, null, null, null, List.of(row.problem()));
    }
    RowCells cells = new RowCells(row.values());
    String vin = rules.vin(cells);
    VehicleFacts vehicle = row.kind() == ExportKind.ECUS ? null : vehicle(cells, vin);
    EcuFacts ecu = row.kind() == ExportKind.VEHICLES ? null : ecu(cells, vin);
    Instant observedAt = rules.exportedAt(cells);
    List<Finding> rejections = cells.rejections();
    return rejections.isEmpty()
        ? result(row, vehicle, ecu, observedAt, rejections)
        : result(row, null, null, null, rejections);
  }

  private @Nullable VehicleFacts vehicle(RowCells cells, @Nullable String vin) {
    var model = cells.required(MODEL);
    var year = rules.modelYear(cells);
    var powertrain = rules.powertrain(cells);
    var region = rules.region(cells);
    var engine = cells.optional(ENGINE_NUMBER);
    var chassis = cells.optional(CHASSIS_NUMBER);
    var built = rules.manufacturedOn(cells);
    var plant = cells.optional(PLANT);
    return vin == null
            || model == null
            || year == null
            || powertrain == null
            || region == null
            || built == null
        ? null
        : new VehicleFacts(vin, model, year, powertrain, region, engine, chassis, built, plant);
  }

  private @Nullable EcuFacts ecu(RowCells cells, @Nullable String vin) {
    var module = rules.module(cells);
    var serial = cells.required(SERIAL);
    var part = cells.required(HARDWARE_PART);
    var hardware = cells.required(HARDWARE_VERSION);
    var software = rules.software(cells, module);
    var calibration = cells.optional(CALIBRATION);
    var protocol = rules.protocol(cells);
    var rxswin = cells.optional(RXSWIN);
    var certificate = cells.optional(CERTIFICATE);
    return vin == null
            || module == null
            || serial == null
            || part == null
            || hardware == null
            || software == null
            || protocol == null
        ? null
        : new EcuFacts(
            vin,
            module.code(),
            serial,
            part,
            hardware,
            software.version(),
            software.key(),
            calibration,
            protocol,
            rxswin,
            certificate);
  }

  private static CheckedRow result(
      ExportRow row,
      @Nullable VehicleFacts vehicle,
      @Nullable EcuFacts ecu,
      @Nullable Instant observedAt,
      List<Finding> rejections) {
    return new CheckedRow(
        row.kind(),
        row.sheet(),
        row.line(),
        row.raw(),
        vehicle,
        ecu,
        observedAt,
        rejections,
        List.of());
  }
}
