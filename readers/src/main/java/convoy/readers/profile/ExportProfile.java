package convoy.readers.profile;

import convoy.config.Located;
import convoy.config.Nearest;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportContent;
import convoy.data.vehicle.ModuleCatalog;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How one plant writes its exports, and which files are meant. */
public final class ExportProfile {
  private final String file;
  private final ProfileFile profile;
  private final Map<String, ProfileFile.ColumnName> columns = new HashMap<>();
  private final Map<ExportColumn, UnaryOperator<String>> values;

  private ExportProfile(String file, ProfileFile profile, ModuleCatalog modules) {
    this.file = file;
    this.profile = profile;
    this.values = ProfileValues.of(profile);
    if (profile.columns() != null) {
      profile.columns().forEach(this::claim);
    }
    if (profile.units() != null) {
      profile.units().forEach((unit, code) -> requireModule(unit, code, modules));
    }
  }

  /**
   * @param file the YAML file's name
   * @throws convoy.config.YamlException when parts of it do not fit together
   */
  static ExportProfile of(String file, Located<ProfileFile> read, ModuleCatalog modules) {
    try {
      return new ExportProfile(file, read.value(), modules);
    } catch (IllegalArgumentException e) {
      throw read.refused(e);
    }
  }

  private void claim(String header, ProfileFile.ColumnName column) {
    if (columns.put(ExportColumn.normal(header), column) != null) {
      throw new IllegalArgumentException(
          "columns '%s': stands twice, written in two ways: expected each header once"
              .formatted(header));
    }
  }

  private static void requireModule(String unit, String code, ModuleCatalog modules) {
    if (modules.find(code).isEmpty()) {
      String help =
          Nearest.to(code, modules.codes())
              .map(", did you mean %s?"::formatted)
              .orElse(": expected one of " + String.join(", ", modules.codes()));
      throw new IllegalArgumentException(
          "units '%s': '%s' is no module of the settings%s".formatted(unit, code, help));
    }
  }

  public String name() {
    return profile.profile();
  }

  /** For messages: the name, and the YAML file that it stands in. */
  String shown() {
    return "%s (%s)".formatted(name(), file);
  }

  /** Whether it is meant for a file of that name. */
  boolean claims(String fileName) {
    return profile.files().stream().anyMatch(pattern -> pattern.fits(fileName));
  }

  /** The encoding of text, null when it is to be found out. */
  public @Nullable Charset encoding() {
    return profile.encoding() == null ? null : profile.encoding().charset();
  }

  /** What stands between cells, null when it is to be found out. */
  public @Nullable Delimiter delimiter() {
    return profile.delimiter();
  }

  public ExportContent content() {
    return profile.content() == null ? ExportContent.DELTA : profile.content();
  }

  /** The plant of all rows of a file without such a column, null when it is not known. */
  public @Nullable String plant() {
    return profile.plant();
  }

  /** Whether the profile says what a header is, be it that it is not used. */
  public boolean names(String header) {
    return columns.containsKey(ExportColumn.normal(header));
  }

  /** The column of a header that the profile names, empty for one that is not used. */
  public Optional<ExportColumn> column(String header) {
    ProfileFile.ColumnName named = columns.get(ExportColumn.normal(header));
    return named == null ? Optional.empty() : Optional.ofNullable(named.column());
  }

  /** What to make of the values of a column, null when they are taken as they are. */
  public @Nullable UnaryOperator<String> values(ExportColumn column) {
    return values.get(column);
  }

  /**
   * The values of columns that a file of that name need not have.
   *
   * @throws ConvoyException INPUT_REFUSED when the name lacks the export time that the profile
   *     expects in it
   */
  public Map<ExportColumn, String> constants(String fileName) {
    Map<ExportColumn, String> constants = new EnumMap<>(ExportColumn.class);
    if (profile.plant() != null) {
      constants.put(ExportColumn.PLANT, profile.plant());
    }
    if (profile.exportedAt() != null) {
      constants.put(ExportColumn.EXPORTED_AT, profile.exportedAt().at().toString());
    }
    NameTime from = profile.exportedAtFrom();
    if (from != null) {
      ZoneId zone = profile.zone() == null ? ZoneOffset.UTC : profile.zone();
      Instant time = from.in(fileName, zone);
      if (time == null) {
        throw new ConvoyException(
            ErrorCode.INPUT_REFUSED,
            "%s: no export time in the file's name: expected a name such as %s (profile %s)"
                .formatted(fileName, from.text(), shown()));
      }
      constants.put(ExportColumn.EXPORTED_AT, time.toString());
    }
    return constants;
  }
}
