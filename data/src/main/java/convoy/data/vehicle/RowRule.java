package convoy.data.vehicle;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The built-in rules for the rows of exports. The name is the rule's id in the settings and in the
 * quarantine; severity, words and message are in the settings, {@code import.rules}.
 */
public enum RowRule {
  ENCODING(Freedom.ALWAYS_ERROR),
  COLUMN_COUNT(Freedom.ALWAYS_ERROR, "columns"),
  QUOTES(Freedom.ALWAYS_ERROR),
  JSON(Freedom.ALWAYS_ERROR),
  /** Values end up in signed manifests. */
  CONTROL_CHARACTER(Freedom.ALWAYS_ERROR),
  MISSING_VALUE(Freedom.ALWAYS_ERROR, "example"),
  VIN_SHAPE(Freedom.ALWAYS_ERROR, "fault"),
  VIN_CHECK_DIGIT(Freedom.ANY_SEVERITY, "digit", "vin"),
  MODEL_YEAR(Freedom.ALWAYS_ERROR, "first", "last"),
  MODEL_YEAR_RANGE(Freedom.ANY_SEVERITY, "first", "last"),
  POWERTRAIN(Freedom.ALWAYS_ERROR),
  REGION(Freedom.ALWAYS_ERROR),
  REGION_UNKNOWN(Freedom.ANY_SEVERITY),
  DATE(Freedom.ALWAYS_ERROR),
  DATE_FUTURE(Freedom.ANY_SEVERITY, "last"),
  EXPORTED_AT(Freedom.ALWAYS_ERROR),
  /** Newer wins: what comes from the far future would win for ever. */
  EXPORTED_AT_FUTURE(Freedom.ALWAYS_ERROR, "last"),
  MODULE_UNKNOWN(Freedom.ALWAYS_ERROR, "modules"),
  PROTOCOL(Freedom.ALWAYS_ERROR),
  SOFTWARE_VERSION(Freedom.ALWAYS_ERROR, "version"),
  RXSWIN(Freedom.ANY_SEVERITY),
  CERTIFICATE(Freedom.ALWAYS_ERROR, "fault"),
  CERTIFICATE_KEY(Freedom.ANY_SEVERITY, "fault"),
  // Rules between rows, which SQL applies when a file lands.
  DUPLICATE(Freedom.ALWAYS_ERROR, "line"),
  ECU_WITHOUT_VEHICLE(Freedom.ALWAYS_ERROR),
  VEHICLE_DIFFERS(Freedom.ANY_SEVERITY, "line", "values"),
  SERIAL_TWICE(Freedom.NEVER_ERROR, "vin"),
  ENGINE_NUMBER_TWICE(Freedom.NEVER_ERROR, "vin"),
  CHASSIS_NUMBER_TWICE(Freedom.NEVER_ERROR, "vin"),
  SAME_TIME_DIFFERS(Freedom.NEVER_ERROR);

  /** Which severities a rule may be given. */
  public enum Freedom {
    /** What breaks it cannot be used, so there is nothing to keep. */
    ALWAYS_ERROR,
    ANY_SEVERITY,
    /** It is about the fleet as it is once the file has landed. */
    NEVER_ERROR
  }

  private static final int SHOWN = 200;

  private final Freedom freedom;

  @SuppressWarnings("ImmutableEnumChecker") // always a Set.of
  private final Set<String> details;

  RowRule(Freedom freedom, String... details) {
    this.freedom = freedom;
    this.details = Set.of(details);
  }

  /** The built-in rule of that id. */
  public static Optional<RowRule> find(String id) {
    return Arrays.stream(values()).filter(rule -> rule.name().equals(id)).findFirst();
  }

  public Freedom freedom() {
    return freedom;
  }

  /** What a message may name in braces, such as {@code last} for <code>{last}</code>. */
  public Set<String> details() {
    return details;
  }

  /** A finding about the whole row. */
  public Finding rejectRow(String found, String expectedHere) {
    return new Finding(name(), "", found, expectedHere);
  }

  /** A finding about one value; a value of more than 200 characters is cut. */
  static Finding finding(String id, ExportColumn column, String found, String expected) {
    String shown = UndecodedBytes.shown(found);
    String cut = shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…";
    return new Finding(id, column.header(), cut, expected);
  }
}
