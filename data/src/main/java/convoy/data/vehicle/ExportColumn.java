package convoy.data.vehicle;

import java.util.Locale;

/** The columns of a manufacturing export; the canonical header is the name in lower case. */
public enum ExportColumn {
  VIN,
  MODEL,
  MODEL_YEAR,
  POWERTRAIN,
  REGION,
  ENGINE_NUMBER,
  CHASSIS_NUMBER,
  MANUFACTURED_ON,
  MODULE,
  SERIAL,
  HARDWARE_PART,
  HARDWARE_VERSION,
  SOFTWARE_VERSION,
  CALIBRATION,
  PROTOCOL,
  EXPORTED_AT;

  /** The canonical header, such as {@code software_version}. */
  public String header() {
    return name().toLowerCase(Locale.ROOT);
  }
}
