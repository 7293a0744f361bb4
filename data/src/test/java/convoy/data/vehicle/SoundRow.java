package convoy.data.vehicle;

import java.util.EnumMap;
import java.util.Map;

/** The cells of a flat row that breaks no rule, to be spoilt by tests. */
final class SoundRow {
  static final String VIN = "1M8GDM9AXKP042788";

  private SoundRow() {}

  static Map<ExportColumn, String> values() {
    Map<ExportColumn, String> values = new EnumMap<>(ExportColumn.class);
    for (ExportColumn column : ExportColumn.values()) {
      values.put(column, "");
    }
    values.put(ExportColumn.VIN, VIN);
    values.put(ExportColumn.MODEL, "E-Van");
    values.put(ExportColumn.MODEL_YEAR, "2026");
    values.put(ExportColumn.POWERTRAIN, "EV");
    values.put(ExportColumn.REGION, "DE");
    values.put(ExportColumn.CHASSIS_NUMBER, "CH1");
    values.put(ExportColumn.MANUFACTURED_ON, "2026-01-31");
    values.put(ExportColumn.MODULE, "GATEWAY");
    values.put(ExportColumn.SERIAL, "SN1");
    values.put(ExportColumn.HARDWARE_PART, "HW-100");
    values.put(ExportColumn.HARDWARE_VERSION, "H1");
    values.put(ExportColumn.SOFTWARE_VERSION, "2.1.0");
    values.put(ExportColumn.PROTOCOL, "CAN FD");
    values.put(ExportColumn.EXPORTED_AT, "2026-02-01T00:00:00Z");
    return values;
  }
}
