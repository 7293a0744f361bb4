package convoy.scheduler.cli;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.UndecodedBytes;
import convoy.readers.export.ExportProbe;
import convoy.readers.export.RowTrial;
import convoy.readers.profile.ExportProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code import probe} says. */
final class ProbeLines {
  private ProbeLines() {}

  static List<String> header(ExportProbe probe, String name, @Nullable ExportProfile profile) {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(name, probe.format() == null ? "not read" : probe.format()));
    lines.add(
        profile == null
            ? "profile: none"
            : "profile: %s, content %s".formatted(profile.name(), profile.content()));
    if (probe.otherEncoding()) {
      lines.add("not UTF-8: a profile has to name the encoding, such as windows-1252");
    }
    for (ExportProbe.Table table : probe.tables()) {
      lines.add(
          "%s%s, header in %s %d"
              .formatted(
                  table.sheet() == null ? "" : "sheet %s: ".formatted(table.sheet()),
                  table.kind() == null ? "neither vehicles nor ECUs" : table.kind(),
                  table.sheet() == null ? "line" : "row",
                  table.headerLine()));
      table.headers().forEach(header -> lines.add(header(header)));
      if (!table.missing().isEmpty()) {
        lines.add(
            "  missing: "
                + table.missing().stream()
                    .map(ExportColumn::header)
                    .collect(Collectors.joining(", ")));
      }
    }
    probe
        .skipped()
        .forEach(s -> lines.add("sheet %s: passed over, %s".formatted(s.sheet(), s.reason())));
    return lines;
  }

  private static String header(ExportProbe.Header header) {
    ExportColumn column = header.column();
    ExportColumn nearest = header.nearest();
    return "  %-24s %s%s"
        .formatted(
            UndecodedBytes.shown(header.text()),
            column == null ? "not used" : "-> " + column.header(),
            nearest == null ? "" : ", perhaps " + nearest.header());
  }

  static List<String> rows(RowTrial trial, int most) {
    List<String> lines = new ArrayList<>();
    for (ExportRow row : trial.sample()) {
      lines.add(
          "%s %d: %s"
              .formatted(
                  row.sheet() == null ? "line" : "row",
                  row.line(),
                  row.problem() == null ? values(row) : row.raw()));
    }
    lines.add(
        "%s %,d rows: %,d would be accepted, %,d not"
            .formatted(
                trial.rows() == most ? "the first" : "all",
                trial.rows(),
                trial.accepted(),
                trial.rows() - trial.accepted()));
    trial.faults().forEach((rule, rows) -> lines.add("  %,7d %s".formatted(rows, rule)));
    return lines;
  }

  private static String values(ExportRow row) {
    return row.values().entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(e -> "%s %s".formatted(e.getKey().header(), UndecodedBytes.shown(e.getValue())))
        .collect(Collectors.joining(", "));
  }
}
