package convoy.jobs.samples;

import static convoy.data.vehicle.ExportColumn.CALIBRATION;
import static convoy.data.vehicle.ExportColumn.CHASSIS_NUMBER;
import static convoy.data.vehicle.ExportColumn.EXPORTED_AT;
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
import org.jspecify.annotations.Nullable;

/**
 * The ways in which rows of real exports are wrong. Each breaks exactly one rule of the import,
 * whose id it names.
 */
enum Fault {
  VIN_WITH_LETTER_O("VIN_SHAPE", VIN, "the letter O for the digit 0 in a VIN"),
  VIN_OF_16("VIN_SHAPE", VIN, "a VIN of 16 characters"),
  VIN_CHECK_DIGIT("VIN_CHECK_DIGIT", VIN, "a wrong check digit in a VIN"),
  VIN_WITH_SPACE("VIN_SHAPE", VIN, "a space within a VIN"),
  MODEL_EMPTY("MISSING_VALUE", MODEL, "no model", ""),
  MODEL_YEAR_TEXT("MODEL_YEAR", MODEL_YEAR, "model year MY26", "MY26"),
  STEAM("POWERTRAIN", POWERTRAIN, "powertrain Steam", "Steam"),
  CONTINENT("REGION", REGION, "region Europe", "Europe"),
  DATE_IMPOSSIBLE("DATE", MANUFACTURED_ON, "manufactured on 31.02.2025", "31.02.2025"),
  DATE_IN_FUTURE("DATE_FUTURE", MANUFACTURED_ON, "manufactured in the year 2206", "2206-05-11"),
  SERIAL_EMPTY("MISSING_VALUE", SERIAL, "no ECU serial number", ""),
  MODULE_UNKNOWN("MODULE_UNKNOWN", MODULE, "module FOO_ECU", "FOO_ECU"),
  PROTOCOL_UNKNOWN("PROTOCOL", PROTOCOL, "protocol CAN XL?", "CAN XL?"),
  VERSION_MALFORMED("SOFTWARE_VERSION", SOFTWARE_VERSION, "software version v2..1", "v2..1"),
  VERSION_NOT_KNOWN("SOFTWARE_VERSION", SOFTWARE_VERSION, "software version N/A", "N/A"),
  VERSION_EMPTY("MISSING_VALUE", SOFTWARE_VERSION, "no software version", ""),
  /** What Excel puts into a cell whose formula lost its source; the cell is an error cell. */
  CELL_ERROR("SOFTWARE_VERSION", SOFTWARE_VERSION, "an error cell #REF!", "#REF!"),
  /** What Excel shows, and exports as text, when a column is too narrow for a time. */
  TIME_OVERFLOWN("EXPORTED_AT", EXPORTED_AT, "exported at ########", "########"),
  ROW_TOO_SHORT("COLUMN_COUNT", null, "a row without its last cell"),
  ROW_TOO_LONG("COLUMN_COUNT", null, "a row with a delimiter too many"),
  LATIN_1_BYTE("ENCODING", null, "a Latin-1 byte in a UTF-8 file"),
  REPEATED_ROW("DUPLICATE", null, "a row that stands there a second time"),
  NO_VEHICLE("ECU_WITHOUT_VEHICLE", null, "an ECU of a vehicle that is not in the export");

  private static final int CHECK_DIGIT_AT = 8;
  private static final int SERIAL_AT = 11;

  private final String rule;
  private final @Nullable ExportColumn column;
  private final String title;
  private final @Nullable String value;

  Fault(String rule, @Nullable ExportColumn column, String title) {
    this(rule, column, title, null);
  }

  Fault(String rule, @Nullable ExportColumn column, String title, @Nullable String value) {
    this.rule = rule;
    this.column = column;
    this.title = title;
    this.value = value;
  }

  /** The id of the rule that the row breaks, such as {@code VIN_CHECK_DIGIT}. */
  String rule() {
    return rule;
  }

  /** What is wrong, for people. */
  String title() {
    return title;
  }

  /** Whether rows of that table can be wrong in this way. */
  boolean fits(SampleTable table) {
    return switch (this) {
      case VIN_CHECK_DIGIT -> table.plant().hasCheckDigits();
      // In the check digit's place where VINs have none, so that each table has as many faults.
      case VIN_WITH_SPACE -> !table.plant().hasCheckDigits();
      case NO_VEHICLE -> table.kind() == ExportKind.ECUS;
      case CELL_ERROR -> !table.isText() && table.columns().contains(SOFTWARE_VERSION);
      case ROW_TOO_SHORT, ROW_TOO_LONG, LATIN_1_BYTE -> table.isText();
      default -> column == null || table.columns().contains(column);
    };
  }

  /** Whether the fault lies in what a row says of the vehicle, rather than of one ECU. */
  boolean isOfVehicle(ExportKind kind) {
    boolean vehicleColumn = column != null && column.compareTo(MANUFACTURED_ON) <= 0;
    return kind == ExportKind.VEHICLES || (kind == ExportKind.FLAT && vehicleColumn);
  }

  /** The cells of a good row with this fault put in. */
  List<String> spoil(List<String> good, List<ExportColumn> columns) {
    List<String> cells = new ArrayList<>(good);
    switch (this) {
      case ROW_TOO_SHORT -> cells.remove(cells.size() - 1);
      case ROW_TOO_LONG -> cells.add("");
      case LATIN_1_BYTE -> {
        ExportColumn text = columns.contains(CALIBRATION) ? CALIBRATION : CHASSIS_NUMBER;
        cells.set(columns.indexOf(text), "M\u00fcnchen");
      }
      default -> {
        if (column != null) {
          int at = columns.indexOf(column);
          cells.set(at, value != null ? value : spoilVin(cells.get(at)));
        }
      }
    }
    return cells;
  }

  private String spoilVin(String vin) {
    return switch (this) {
      case VIN_WITH_LETTER_O -> vin.substring(0, SERIAL_AT) + "O" + vin.substring(SERIAL_AT + 1);
      case VIN_WITH_SPACE -> vin.substring(0, SERIAL_AT) + " " + vin.substring(SERIAL_AT);
      case VIN_OF_16 -> vin.substring(0, vin.length() - 1);
      default -> {
        char wrong = vin.charAt(CHECK_DIGIT_AT) == '7' ? '4' : '7';
        yield vin.substring(0, CHECK_DIGIT_AT) + wrong + vin.substring(CHECK_DIGIT_AT + 1);
      }
    };
  }
}
