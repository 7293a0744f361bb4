package convoy.readers.export;

import convoy.data.vehicle.ExportColumn;
import convoy.readers.sheet.Refusal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A profile to be edited, from what was recognised of a file. It can be read as it is.
 *
 * @param name of the profile, and of its file
 */
public record ProfileDraft(String name, String text) {
  /** The profile for files named like the one that was looked at. */
  public static ProfileDraft of(ExportProbe probe) {
    String file = Refusal.name(probe.path());
    String name = name(file);
    String text =
        """
        # How one plant writes its exports. Made from %s by ./convoy import probe --write; to be edited.
        # Every key: docs/formats/manufacturing-export.md, "Profiles".
        profile: %s

        # The files that are meant: * stands for any characters, ? for one.
        files: [%s]

        # Found: %s.
        %s
        #delimiter: SEMICOLON

        # FULL when the file tells of every vehicle or ECU of the plant, DELTA when of some.
        content: DELTA

        # The plant, where the file has no such column.
        #plant: WOB

        # The time of export in the file's name, where the file has no such column.
        #exported-at-from: "name-{yyyyMMdd-HHmm}*.csv"

        # The plant's headers and our columns; "not used" for others. Columns of ours:
        # %s
        %s%s

        # Patterns of java.time for manufactured_on and exported_at, beside those always read.
        #dates: [dd/MM/yyyy]
        #times: ["dd.MM.yyyy HH:mm:ss"]
        # Where times without an offset are meant; UTC when left out.
        #zone: Europe/Berlin

        # The plant's names of control units and our modules.
        #units:
        #  SG-19: GATEWAY

        # The plant's codes by column.
        #codes:
        #  powertrain: {D: DIESEL, E: ELECTRIC}
        """
            .formatted(
                file,
                quoted(name),
                quoted(pattern(file)),
                Objects.requireNonNullElse(probe.format(), "nothing that can be read"),
                probe.otherEncoding()
                    ? "# Not UTF-8, so another encoding has to be named; this is the most common.\nencoding: windows-1252"
                    : "#encoding: windows-1252",
                columnNames(),
                columns(probe),
                missing(probe));
    return new ProfileDraft(name, text);
  }

  private static String columnNames() {
    String names =
        Arrays.stream(ExportColumn.values())
            .map(ExportColumn::header)
            .collect(Collectors.joining(", "));
    return names.replace(", module,", ",\n# module,");
  }

  private static String columns(ExportProbe probe) {
    Set<String> seen = new HashSet<>();
    StringBuilder lines = new StringBuilder();
    for (ExportProbe.Table table : probe.tables()) {
      for (ExportProbe.Header header : table.headers()) {
        String normal = ExportColumn.normal(header.text());
        if (!normal.isEmpty() && seen.add(normal)) {
          ExportColumn column = header.column();
          ExportColumn nearest = header.nearest();
          lines.append(
              "  %s: %s%s\n"
                  .formatted(
                      quoted(header.text()),
                      column == null ? "not used" : column.header(),
                      nearest == null ? "" : "  # %s?".formatted(nearest.header())));
        }
      }
    }
    return lines.isEmpty() ? "#columns:" : "columns:\n" + lines.toString().stripTrailing();
  }

  private static String missing(ExportProbe probe) {
    String missing =
        probe.tables().stream()
            .flatMap(table -> table.missing().stream())
            .distinct()
            .map(ExportColumn::header)
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? "" : "\n# Still missing: %s".formatted(missing);
  }

  /** Runs of digits are dates and numbers, which differ from file to file. */
  private static String pattern(String file) {
    return file.replaceAll("\\d{4,}([-_T]?\\d{2,})*Z?", "*");
  }

  private static String name(String file) {
    String base = file.replaceAll("\\..*", "").replaceAll("\\d{4,}([-_T]?\\d{2,})*Z?", "");
    String name =
        base.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return name.isEmpty() ? "plant" : name;
  }

  /** As a double-quoted YAML text. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        quoted.append("\\u%04X".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
