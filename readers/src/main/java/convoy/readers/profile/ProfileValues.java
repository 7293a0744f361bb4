package convoy.readers.profile;

import convoy.data.vehicle.ExportColumn;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a profile's values become ours, column by column. A value that a profile does not know is
 * passed on as it is, to meet the ordinary rules.
 */
final class ProfileValues {
  private ProfileValues() {}

  static Map<ExportColumn, UnaryOperator<String>> of(ProfileFile file) {
    Map<ExportColumn, UnaryOperator<String>> values = new EnumMap<>(ExportColumn.class);
    List<TimePattern> dates = orEmpty(file.dates());
    if (!dates.isEmpty()) {
      values.put(ExportColumn.MANUFACTURED_ON, text -> date(text, dates));
    }
    List<TimePattern> times = orEmpty(file.times());
    ZoneId zone = file.zone();
    if (!times.isEmpty() || zone != null) {
      values.put(ExportColumn.EXPORTED_AT, text -> time(text, times, zone));
    }
    put(values, ExportColumn.MODULE, "units", file.units());
    ProfileFile.Codes codes = file.codes();
    if (codes != null) {
      put(values, ExportColumn.MODEL, "codes", codes.model());
      put(values, ExportColumn.MODEL_YEAR, "codes", codes.modelYear());
      put(values, ExportColumn.POWERTRAIN, "codes", codes.powertrain());
      put(values, ExportColumn.REGION, "codes", codes.region());
      put(values, ExportColumn.PLANT, "codes", codes.plant());
      put(values, ExportColumn.HARDWARE_PART, "codes", codes.hardwarePart());
      put(values, ExportColumn.HARDWARE_VERSION, "codes", codes.hardwareVersion());
      put(values, ExportColumn.SOFTWARE_VERSION, "codes", codes.softwareVersion());
      put(values, ExportColumn.CALIBRATION, "codes", codes.calibration());
      put(values, ExportColumn.PROTOCOL, "codes", codes.protocol());
    }
    return values;
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static void put(
      Map<ExportColumn, UnaryOperator<String>> values,
      ExportColumn column,
      String key,
      @Nullable Map<String, ?> codes) {
    if (codes != null && !codes.isEmpty()) {
      Map<String, String> ours = new HashMap<>();
      codes.forEach(
          (theirs, our) -> {
            if (ours.put(plain(theirs), our.toString()) != null) {
              throw new IllegalArgumentException(
                  "%s '%s': stands twice for %s, case aside: expected each once"
                      .formatted(key, theirs, column.header()));
            }
          });
      values.put(column, text -> ours.getOrDefault(plain(text), text));
    }
  }

  private static String plain(String code) {
    return code.strip().toUpperCase(Locale.ROOT);
  }

  private static String date(String text, List<TimePattern> patterns) {
    for (TimePattern pattern : patterns) {
      LocalDate date = pattern.date(text);
      if (date != null) {
        return date.toString();
      }
    }
    return text;
  }

  private static String time(String text, List<TimePattern> patterns, @Nullable ZoneId zone) {
    for (TimePattern pattern : patterns) {
      Instant time = pattern.time(text, zone == null ? ZoneOffset.UTC : zone);
      if (time != null) {
        return time.toString();
      }
    }
    return zone == null ? text : isoIn(zone, text);
  }

  /** ISO 8601 without an offset is in the profile's zone, a spreadsheet's times for instance. */
  private static String isoIn(ZoneId zone, String text) {
    try {
      return LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant().toString();
    } catch (DateTimeException e) {
      return text;
    }
  }
}
