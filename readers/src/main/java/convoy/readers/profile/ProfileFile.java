package convoy.readers.profile;

import convoy.config.Nearest;
import convoy.config.YamlKey;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportContent;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Protocol;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A profile as its YAML file has it; what each key means is in manufacturing-export.md. */
record ProfileFile(
    String profile,
    List<FilePattern> files,
    @Nullable Encoding encoding,
    @Nullable Delimiter delimiter,
    @Nullable ExportContent content,
    @Nullable String plant,
    @Nullable Time exportedAt,
    @Nullable NameTime exportedAtFrom,
    @Nullable Map<String, ColumnName> columns,
    @Nullable List<TimePattern> dates,
    @Nullable List<TimePattern> times,
    @Nullable ZoneId zone,
    @Nullable Map<String, String> units,
    @Nullable Codes codes) {

  ProfileFile {
    require(!profile.isBlank(), "profile", profile, "a name");
    require(!files.isEmpty(), "files", "[]", "one or more patterns such as wob-*.csv");
    require(plant == null || !plant.isBlank(), "plant", "", "a plant's name, or no such key");
    require(
        exportedAt == null || exportedAtFrom == null,
        "exported-at",
        "exported-at-from",
        "one of the two");
    // A constant would make every later file as old as the first, and newer would no longer win.
    require(
        exportedAt == null || files.stream().allMatch(FilePattern::isOneName),
        "exported-at",
        exportedAt == null ? "" : exportedAt.at().toString(),
        "files without * and ?; exported-at-from is for files that come again");
  }

  private static void require(boolean holds, String key, String found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s '%s': expected %s".formatted(key, found, expected));
    }
  }

  /** The plant's codes for the values of our columns. */
  record Codes(
      @Nullable Map<String, String> model,
      @YamlKey("model_year") @Nullable Map<String, String> modelYear,
      @Nullable Map<String, Powertrain> powertrain,
      @Nullable Map<String, Region> region,
      @Nullable Map<String, String> plant,
      @YamlKey("hardware_part") @Nullable Map<String, String> hardwarePart,
      @YamlKey("hardware_version") @Nullable Map<String, String> hardwareVersion,
      @YamlKey("software_version") @Nullable Map<String, String> softwareVersion,
      @Nullable Map<String, String> calibration,
      @Nullable Map<String, Protocol> protocol) {}

  /** A region as exports have it. */
  record Region(String code) {
    public static Region parse(String text) {
      if (!text.matches("[A-Za-z]{2}")) {
        throw new IllegalArgumentException(
            "'%s': expected two letters, such as DE".formatted(text));
      }
      return new Region(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
      return code;
    }
  }

  /** A column of ours, null for a header that is not to be used although it looks like one. */
  record ColumnName(@Nullable ExportColumn column) {
    private static final String UNUSED = "not used";

    public static ColumnName parse(String text) {
      if (text.equals(UNUSED)) {
        return new ColumnName(null);
      }
      List<String> names =
          Arrays.stream(ExportColumn.values())
              .map(ExportColumn::header)
              .collect(Collectors.toList());
      if (names.contains(text)) {
        return new ColumnName(ExportColumn.valueOf(text.toUpperCase(Locale.ROOT)));
      }
      String help =
          Nearest.to(text, names)
              .map(name -> "did you mean %s?".formatted(name))
              .orElse("expected one of %s, or '%s'".formatted(String.join(", ", names), UNUSED));
      throw new IllegalArgumentException("'%s': no such column: %s".formatted(text, help));
    }
  }

  /** An encoding by any name that Java knows. */
  record Encoding(Charset charset) {
    public static Encoding parse(String text) {
      try {
        return new Encoding(Charset.forName(text));
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new IllegalArgumentException(
            "'%s': expected an encoding such as UTF-8, UTF-16LE, windows-1252 or ISO-8859-1"
                .formatted(text),
            e);
      }
    }
  }

  /** A time with its offset. */
  record Time(Instant at) {
    public static Time parse(String text) {
      try {
        return new Time(OffsetDateTime.parse(text).toInstant());
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "'%s': expected a time with its offset such as 2026-01-31T22:15:00Z".formatted(text),
            e);
      }
    }
  }
}
