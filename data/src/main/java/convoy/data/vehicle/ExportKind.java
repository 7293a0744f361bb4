package convoy.data.vehicle;

import static convoy.data.vehicle.ExportColumn.CALIBRATION;
import static convoy.data.vehicle.ExportColumn.CERTIFICATE;
import static convoy.data.vehicle.ExportColumn.CHASSIS_NUMBER;
import static convoy.data.vehicle.ExportColumn.ENGINE_NUMBER;
import static convoy.data.vehicle.ExportColumn.EXPORTED_AT;
import static convoy.data.vehicle.ExportColumn.MANUFACTURED_ON;
import static convoy.data.vehicle.ExportColumn.MODEL;
import static convoy.data.vehicle.ExportColumn.MODEL_YEAR;
import static convoy.data.vehicle.ExportColumn.MODULE;
import static convoy.data.vehicle.ExportColumn.PLANT;
import static convoy.data.vehicle.ExportColumn.POWERTRAIN;
import static convoy.data.vehicle.ExportColumn.REGION;
import static convoy.data.vehicle.ExportColumn.RXSWIN;
import static convoy.data.vehicle.ExportColumn.VIN;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What the rows of one table of an export describe. */
public enum ExportKind {
  /** One row per vehicle. */
  VEHICLES,
  /** One row per ECU, naming its vehicle by VIN only. */
  ECUS,
  /** One row per ECU, with the vehicle's own columns repeated on each. */
  FLAT;

  private static final Set<ExportColumn> OPTIONAL =
      EnumSet.of(ENGINE_NUMBER, CHASSIS_NUMBER, PLANT, CALIBRATION, RXSWIN, CERTIFICATE);

  /** The columns that a table of this kind must have, in their order. */
  public Set<ExportColumn> required() {
    Set<ExportColumn> columns =
        switch (this) {
          case VEHICLES ->
              EnumSet.of(VIN, MODEL, MODEL_YEAR, POWERTRAIN, REGION, MANUFACTURED_ON, EXPORTED_AT);
          case ECUS -> {
            Set<ExportColumn> ecu = EnumSet.range(MODULE, EXPORTED_AT);
            ecu.add(VIN);
            yield ecu;
          }
          case FLAT -> EnumSet.allOf(ExportColumn.class);
        };
    columns.removeAll(OPTIONAL);
    return columns;
  }

  /** Whether tables of this kind have that column, be it needed or not. */
  boolean has(ExportColumn column) {
    boolean shared = column == VIN || column == EXPORTED_AT;
    return switch (this) {
      case VEHICLES -> shared || column.compareTo(PLANT) <= 0;
      case ECUS -> shared || column.compareTo(MODULE) >= 0;
      case FLAT -> true;
    };
  }

  /**
   * The kind that a header means: a VIN with a model is a vehicle, with a module an ECU, with both
   * a flat row. Empty when it names no VIN, or neither model nor module.
   */
  public static Optional<ExportKind> of(Set<ExportColumn> header) {
    if (!header.contains(VIN)) {
      return Optional.empty();
    }
    if (header.contains(MODULE)) {
      return Optional.of(header.contains(MODEL) ? FLAT : ECUS);
    }
    return header.contains(MODEL) ? Optional.of(VEHICLES) : Optional.empty();
  }
}
