package convoy.jobs.samples;

import static convoy.data.vehicle.ExportColumn.CALIBRATION;
import static convoy.data.vehicle.ExportColumn.CERTIFICATE;
import static convoy.data.vehicle.ExportColumn.CHASSIS_NUMBER;
import static convoy.data.vehicle.ExportColumn.ENGINE_NUMBER;
import static convoy.data.vehicle.ExportColumn.EXPORTED_AT;
import static convoy.data.vehicle.ExportColumn.HARDWARE_PART;
import static convoy.data.vehicle.ExportColumn.HARDWARE_VERSION;
import static convoy.data.vehicle.ExportColumn.MANUFACTURED_ON;
import static convoy.data.vehicle.ExportColumn.MODEL;
import static convoy.data.vehicle.ExportColumn.MODEL_YEAR;
import static convoy.data.vehicle.ExportColumn.MODULE;
import static convoy.data.vehicle.ExportColumn.POWERTRAIN;
import static convoy.data.vehicle.ExportColumn.PROTOCOL;
import static convoy.data.vehicle.ExportColumn.REGION;
import static convoy.data.vehicle.ExportColumn.SERIAL;
import static convoy.data.vehicle.ExportColumn.SOFTWARE_VERSION;
import static convoy.data.vehicle.ExportColumn.VIN;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The five tables of the sample exports: two text files, a workbook of two sheets, a flat file. */
enum SampleTable {
  WOLFSBURG_VEHICLES(Plant.WOLFSBURG, ExportKind.VEHICLES, "wolfsburg-vehicles", ".csv", null),
  WOLFSBURG_ECUS(Plant.WOLFSBURG, ExportKind.ECUS, "wolfsburg-ecus", ".csv", null),
  PUEBLA_VEHICLES(Plant.PUEBLA, ExportKind.VEHICLES, "puebla-export", ".xlsx", "Vehicles"),
  PUEBLA_ECUS(Plant.PUEBLA, ExportKind.ECUS, "puebla-export", ".xlsx", "ECUs"),
  SHANGHAI_FLAT(Plant.SHANGHAI, ExportKind.FLAT, "shanghai-flat", ".csv", null);

  // The last column is one that may be empty, so that a row cut short breaks no other rule.
  private static final List<ExportColumn> VEHICLE_COLUMNS =
      List.of(
          VIN,
          MODEL,
          MODEL_YEAR,
          POWERTRAIN,
          REGION,
          MANUFACTURED_ON,
          EXPORTED_AT,
          ENGINE_NUMBER,
          CHASSIS_NUMBER);
  private static final List<ExportColumn> ECU_COLUMNS =
      List.of(
          VIN,
          MODULE,
          SERIAL,
          HARDWARE_PART,
          HARDWARE_VERSION,
          SOFTWARE_VERSION,
          PROTOCOL,
          EXPORTED_AT,
          CALIBRATION);
  private static final List<ExportColumn> CERTIFIED_ECU_COLUMNS =
      Stream.concat(ECU_COLUMNS.stream(), Stream.of(CERTIFICATE)).toList();
  private static final List<ExportColumn> FLAT_COLUMNS =
      Stream.concat(
              VEHICLE_COLUMNS.stream().filter(column -> column != EXPORTED_AT),
              ECU_COLUMNS.stream().filter(column -> column != VIN))
          .toList();

  private final Plant plant;
  private final ExportKind kind;
  private final String name;
  private final String extension;
  private final @Nullable String sheet;

  SampleTable(Plant plant, ExportKind kind, String name, String extension, @Nullable String sheet) {
    this.plant = plant;
    this.kind = kind;
    this.name = name;
    this.extension = extension;
    this.sheet = sheet;
  }

  Plant plant() {
    return plant;
  }

  ExportKind kind() {
    return kind;
  }

  /** The sheet's name in a workbook, null in a text file. */
  @Nullable String sheet() {
    return sheet;
  }

  boolean isText() {
    return sheet == null;
  }

  /** The file's name; from the second night on it ends in the night's number. */
  String file(SampleSpec spec) {
    return name + (spec.night() == 1 ? "" : "-night-" + spec.night()) + extension;
  }

  List<ExportColumn> columns() {
    return switch (kind) {
      case VEHICLES -> VEHICLE_COLUMNS;
      case ECUS -> plant == Plant.WOLFSBURG ? CERTIFIED_ECU_COLUMNS : ECU_COLUMNS;
      case FLAT -> FLAT_COLUMNS;
    };
  }

  /** The faults that this table can have, in the order in which they are dealt out. */
  List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
    faults.removeIf(fault -> !fault.fits(this));
    return faults;
  }

  /** This table's part of the spec's bad rows: in proportion to the kinds of fault it can have. */
  int badRows(SampleSpec spec) {
    long before = 0;
    long all = 0;
    for (SampleTable table : values()) {
      before += table.compareTo(this) < 0 ? table.faults().size() : 0;
      all += table.faults().size();
    }
    long upTo = before + faults().size();
    return (int) (spec.badRows() * upTo / all - spec.badRows() * before / all);
  }
}
