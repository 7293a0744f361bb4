package convoy.data.vehicle;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The columns of a manufacturing export; the canonical header is the name in lower case. */
public enum ExportColumn {
  VIN("1M8GDM9AXKP042788", "Vehicle Identification Number", "FIN", "Vehicle ID"),
  MODEL("E-Van", "Vehicle Model", "Model Name"),
  MODEL_YEAR("2026", "MY", "Year"),
  POWERTRAIN("ELECTRIC", "Fuel", "Fuel Type", "Drive", "Propulsion"),
  REGION("DE", "Market", "Country", "Country Code"),
  ENGINE_NUMBER("EN0042", "Engine No", "Engine"),
  CHASSIS_NUMBER("CH0042", "Chassis No", "Chassis"),
  MANUFACTURED_ON("2026-01-31", "Build Date", "Built On", "Production Date", "Manufacture Date"),
  PLANT("WOB", "Factory", "Works"),
  MODULE("GATEWAY", "ECU", "ECU Name", "Module Name", "Control Unit"),
  SERIAL("SN-0042", "Serial Number", "Serial No", "ECU Serial"),
  HARDWARE_PART("HW-100", "Part", "Part No", "Part Number", "HW Part", "HW Part No"),
  HARDWARE_VERSION("H1", "HW", "HW Version", "HW Rev"),
  SOFTWARE_VERSION("2.1.0", "SW", "SW Version", "Software"),
  CALIBRATION("CAL-7", "Cal", "Cal ID", "Calibration ID"),
  PROTOCOL("CAN_FD", "Bus", "Network"),
  RXSWIN("R156-00-01", "RX Software Identification Number"),
  CERTIFICATE("the PEM text of an X.509 certificate", "ECU Certificate", "Cert"),
  EXPORTED_AT("2026-01-31T22:15:00Z", "Export Date", "Export Time", "Exported", "Timestamp");

  private static final Map<String, ExportColumn> BY_NAME =
      Names.table(values(), column -> column.synonyms);

  private final String example;

  @SuppressWarnings("ImmutableEnumChecker") // always a List.of
  private final List<String> synonyms;

  ExportColumn(String example, String... synonyms) {
    this.example = example;
    this.synonyms = List.of(synonyms);
  }

  /** The canonical header, such as {@code software_version}. */
  public String header() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A value that could stand in this column, for messages. */
  public String example() {
    return example;
  }

  /** Other headers for this column. */
  public List<String> synonyms() {
    return synonyms;
  }

  /**
   * The column of that header or synonym, without regard to case, spaces, dashes, underscores and
   * dots.
   */
  public static Optional<ExportColumn> find(String header) {
    return Optional.ofNullable(BY_NAME.get(normal(header)));
  }

  /** The form in which two ways of writing one header are equal. */
  public static String normal(String header) {
    return Names.normal(header.replace(".", ""));
  }
}
