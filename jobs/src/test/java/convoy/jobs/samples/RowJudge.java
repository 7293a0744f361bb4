package convoy.jobs.samples;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Protocol;
import convoy.data.vehicle.Vin;
import convoy.data.version.VersionFormatException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says of one row which rules it breaks, from the words of the rules alone and knowing nothing of
 * how the samples are made. It remembers the rows before, so it judges one table after the other.
 */
final class RowJudge {
  private static final Set<ExportColumn> MAY_BE_EMPTY =
      Set.of(
          ExportColumn.ENGINE_NUMBER,
          ExportColumn.CHASSIS_NUMBER,
          ExportColumn.CALIBRATION,
          ExportColumn.CERTIFICATE);

  private final Set<String> seen = new HashSet<>();
  private final Set<String> vehicles = new HashSet<>();

  Set<String> rulesBrokenBy(List<String> cells, SampleTable table) {
    Set<String> broken = new TreeSet<>();
    List<ExportColumn> columns = table.columns();
    if (cells.size() != columns.size()) {
      broken.add("COLUMN_COUNT");
    }
    for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
      String cell = cells.get(i).trim();
      String rule = cell.isEmpty() ? null : ruleBrokenBy(columns.get(i), cell, cells, columns);
      if (rule != null) {
        broken.add(rule);
      }
      if (cell.isEmpty() && !MAY_BE_EMPTY.contains(columns.get(i))) {
        broken.add("MISSING_VALUE");
      }
      if (cell.indexOf('\ufffd') >= 0) {
        broken.add("ENCODING");
      }
    }
    if (broken.isEmpty()) {
      judgeAmongOthers(cells, table, broken);
    }
    return broken;
  }

  private void judgeAmongOthers(List<String> cells, SampleTable table, Set<String> broken) {
    String vin = cells.get(0).trim().toUpperCase(Locale.ROOT);
    int module = table.columns().indexOf(ExportColumn.MODULE);
    if (module < 0) {
      vehicles.add(vin);
    } else if (!table.columns().contains(ExportColumn.MODEL) && !vehicles.contains(vin)) {
      broken.add("ECU_WITHOUT_VEHICLE");
    }
    if (!seen.add(vin + " " + (module < 0 ? "" : cells.get(module)))) {
      broken.add("DUPLICATE");
    }
  }

  private static @Nullable String ruleBrokenBy(
      ExportColumn column, String cell, List<String> cells, List<ExportColumn> columns) {
    return switch (column) {
      case VIN -> vinRule(cell.toUpperCase(Locale.ROOT));
      case MODEL_YEAR -> cell.matches("20\\d\\d") ? null : "MODEL_YEAR";
      case POWERTRAIN -> names(Powertrain.values()).contains(cell) ? null : "POWERTRAIN";
      case REGION -> cell.matches("[A-Z]{2}") ? null : "REGION";
      case MANUFACTURED_ON -> dateRule(cell);
      case MODULE -> names(SampleModule.values()).contains(cell) ? null : "MODULE_UNKNOWN";
      case PROTOCOL -> names(Protocol.values()).contains(cell) ? null : "PROTOCOL";
      case EXPORTED_AT -> isInstant(cell) ? null : "EXPORTED_AT";
      case SOFTWARE_VERSION -> versionRule(cell, cells.get(columns.indexOf(ExportColumn.MODULE)));
      default -> null;
    };
  }

  private static @Nullable String vinRule(String vin) {
    if (!Vin.isWellFormed(vin)) {
      return "VIN_SHAPE";
    }
    boolean checked = "12345L".indexOf(vin.charAt(0)) >= 0;
    return !checked || Vin.hasValidCheckDigit(vin) ? null : "VIN_CHECK_DIGIT";
  }

  private static @Nullable String versionRule(String version, String module) {
    if (!names(SampleModule.values()).contains(module)) {
      return null;
    }
    try {
      SampleModule.valueOf(module).scheme().key(version);
      return null;
    } catch (VersionFormatException e) {
      return "SOFTWARE_VERSION";
    }
  }

  private static @Nullable String dateRule(String text) {
    try {
      LocalDate last = LocalDate.of(2026, 11, 20);
      return LocalDate.parse(text).isAfter(last) ? "DATE_FUTURE" : null;
    } catch (DateTimeParseException e) {
      return "DATE";
    }
  }

  private static boolean isInstant(String text) {
    try {
      return Instant.parse(text).isAfter(Instant.EPOCH);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }
}
