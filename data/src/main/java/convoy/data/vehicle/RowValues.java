package convoy.data.vehicle;

import convoy.data.version.VersionFormatException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules for single values: each turns a cell into its value, or rejects it and gives null. */
final class RowValues {
  private static final int FIRST_MODEL_YEAR = 1980;

  private final ModuleCatalog modules;
  private final String moduleExpected;
  private final int lastModelYear;
  private final LocalDate lastDay;
  private final Instant lastExport;

  // The rows of one file mostly share one export time, which is slow to parse. Only a memo: threads
  // that overwrite each other's lose nothing, since the record is immutable.
  private @Nullable ExportTime lastTime;

  private record ExportTime(String text, @Nullable Instant instant) {}

  /** A version as it was written, and its order-preserving key. */
  record Software(String version, String key) {}

  RowValues(ModuleCatalog modules, Instant now) {
    this.modules = modules;
    this.moduleExpected =
        RowRule.MODULE_UNKNOWN.expected() + ": " + String.join(", ", modules.codes());
    this.lastModelYear = LocalDate.ofInstant(now, ZoneOffset.UTC).getYear() + 1;
    // A plant's own day may already be tomorrow here: UTC+14 is where a day begins.
    this.lastDay = LocalDate.ofInstant(now, ZoneOffset.ofHours(14));
    this.lastExport = now.plus(Duration.ofDays(1));
  }

  @Nullable String vin(RowCells cells) {
    String text = cells.required(ExportColumn.VIN);
    if (text == null) {
      return null;
    }
    String vin = upper(text);
    if (!Vin.isWellFormed(vin)) {
      String expected = RowRule.VIN_SHAPE.expected() + vinFaults(vin);
      cells.reject(RowRule.VIN_SHAPE, ExportColumn.VIN, text, expected);
      return null;
    }
    if (!Vin.hasValidCheckDigit(vin)) {
      String expected =
          "'%c' in position 9, as in %s (49 CFR 565.15(c))"
              .formatted(Vin.checkDigit(vin), Vin.withCheckDigit(vin));
      cells.reject(RowRule.VIN_CHECK_DIGIT, ExportColumn.VIN, text, expected);
      return null;
    }
    return vin;
  }

  /** What is wrong with its shape: the length, and the first character that does not belong. */
  private static String vinFaults(String vin) {
    int length = vin.codePointCount(0, vin.length());
    String faults = length == Vin.LENGTH ? "" : "%d characters".formatted(length);
    int at = 0;
    while (at < vin.length() && Vin.isAllowed(vin.charAt(at))) {
      at++;
    }
    if (at < vin.length()) {
      faults +=
          "%s'%s' in position %d"
              .formatted(
                  faults.isEmpty() ? "" : ", ", Character.toString(vin.codePointAt(at)), at + 1);
    }
    return " (here: " + faults + ")";
  }

  @Nullable Integer modelYear(RowCells cells) {
    String text = cells.required(ExportColumn.MODEL_YEAR);
    if (text == null) {
      return null;
    }
    int year =
        text.length() == 4 && text.chars().allMatch(RowValues::isDigit)
            ? Integer.parseInt(text)
            : 0;
    if (year < FIRST_MODEL_YEAR || year > lastModelYear) {
      String expected = "a year from %d to %d".formatted(FIRST_MODEL_YEAR, lastModelYear);
      cells.reject(RowRule.MODEL_YEAR, ExportColumn.MODEL_YEAR, text, expected);
      return null;
    }
    return year;
  }

  @Nullable Powertrain powertrain(RowCells cells) {
    String text = cells.required(ExportColumn.POWERTRAIN);
    return text == null
        ? null
        : known(cells, RowRule.POWERTRAIN, ExportColumn.POWERTRAIN, text, Powertrain.find(text));
  }

  @Nullable Protocol protocol(RowCells cells) {
    String text = cells.required(ExportColumn.PROTOCOL);
    return text == null
        ? null
        : known(cells, RowRule.PROTOCOL, ExportColumn.PROTOCOL, text, Protocol.find(text));
  }

  private static <T> @Nullable T known(
      RowCells cells, RowRule rule, ExportColumn column, String text, Optional<T> value) {
    if (value.isEmpty()) {
      cells.reject(rule, column, text);
    }
    return value.orElse(null);
  }

  @Nullable String region(RowCells cells) {
    String text = cells.required(ExportColumn.REGION);
    if (text == null) {
      return null;
    }
    String region = upper(text);
    if (region.length() != 2 || !region.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
      cells.reject(RowRule.REGION, ExportColumn.REGION, text);
      return null;
    }
    return region;
  }

  @Nullable LocalDate manufacturedOn(RowCells cells) {
    String text = cells.required(ExportColumn.MANUFACTURED_ON);
    if (text == null) {
      return null;
    }
    LocalDate day = DateTexts.date(text);
    if (day == null) {
      cells.reject(RowRule.DATE, ExportColumn.MANUFACTURED_ON, text);
    } else if (day.isAfter(lastDay)) {
      String expected = "a date not after " + lastDay;
      cells.reject(RowRule.DATE, ExportColumn.MANUFACTURED_ON, text, expected);
      return null;
    }
    return day;
  }

  @Nullable Instant exportedAt(RowCells cells) {
    String text = cells.required(ExportColumn.EXPORTED_AT);
    if (text == null) {
      return null;
    }
    Instant time = instant(text);
    if (time == null) {
      cells.reject(RowRule.EXPORTED_AT, ExportColumn.EXPORTED_AT, text);
    } else if (time.isAfter(lastExport)) {
      String expected = "a time not after " + lastExport;
      cells.reject(RowRule.EXPORTED_AT, ExportColumn.EXPORTED_AT, text, expected);
      return null;
    }
    return time;
  }

  private @Nullable Instant instant(String text) {
    ExportTime last = lastTime;
    if (last == null || !last.text().equals(text)) {
      last = new ExportTime(text, DateTexts.instant(text));
      lastTime = last;
    }
    return last.instant();
  }

  ModuleCatalog.@Nullable Module module(RowCells cells) {
    String text = cells.required(ExportColumn.MODULE);
    if (text == null) {
      return null;
    }
    Optional<ModuleCatalog.Module> module = modules.find(text);
    if (module.isEmpty()) {
      cells.reject(RowRule.MODULE_UNKNOWN, ExportColumn.MODULE, text, moduleExpected);
    }
    return module.orElse(null);
  }

  /** The version under its module's scheme; of an unknown module nothing can be said. */
  @Nullable Software software(RowCells cells, ModuleCatalog.@Nullable Module module) {
    String text = cells.required(ExportColumn.SOFTWARE_VERSION);
    if (text == null || module == null) {
      return null;
    }
    try {
      return new Software(text, module.scheme().key(text));
    } catch (VersionFormatException e) {
      String expected = module.scheme().expected();
      cells.reject(RowRule.SOFTWARE_VERSION, ExportColumn.SOFTWARE_VERSION, text, expected);
      return null;
    }
  }

  /** Upper case of A to Z alone, so that no other letter turns into one of these. */
  private static String upper(String text) {
    return text.chars().allMatch(c -> c < 0x80) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
