package convoy.readers.export;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.RowRule;
import convoy.data.vehicle.UndecodedBytes;
import convoy.readers.sheet.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a JSON Lines export. The keys of the first rows stand for a header. A later row may
 * name further columns of the same kind of table; any other key is a fault of its row, since no one
 * would see that it is not used.
 */
final class JsonRows implements RowSource {
  private static final String EXPECTED =
      "one JSON object a line, with texts, numbers, true, false or null, each key once";
  private static final int HEADER_ROWS = 100;

  private final ExportFile file;
  private final JsonLines lines;
  private final JsonObjects objects;
  private final RowLayout layout;
  private final ExportSource source;
  // By key; empty for one that is not used. A key that is a fault is not in it.
  private final Map<String, Optional<ExportColumn>> columns = new HashMap<>();

  private JsonRows(ExportFile file, ExportSource source, JsonLines lines, JsonObjects objects) {
    this.file = file;
    this.source = source;
    this.lines = lines;
    this.objects = objects;
    ExportTable table = file.tables().get(0);
    this.layout = new RowLayout(table, source);
    table.header().forEach(key -> columns.put(key, Optional.empty()));
    table.positions().forEach((c, at) -> columns.put(table.header().get(at), Optional.of(c)));
  }

  static JsonRows open(ExportSource source, TextFormat format) throws IOException {
    JsonObjects objects = new JsonObjects();
    ExportTable table;
    try (JsonLines first = new JsonLines(source.name(), format.open(source))) {
      table = header(source, first, objects);
    }
    ExportFile file = source.file(format.description(), List.of(table), List.of());
    return new JsonRows(file, source, new JsonLines(source.name(), format.open(source)), objects);
  }

  private static ExportTable header(ExportSource source, JsonLines lines, JsonObjects objects)
      throws IOException {
    Set<String> keys = new LinkedHashSet<>();
    String fault = "";
    long at = 0;
    RawRecord line = lines.next();
    for (int i = 0; i < HEADER_ROWS && line != null; i++) {
      try {
        keys.addAll(objects.values(line.text()).keySet());
        at = at == 0 ? line.line() : at;
      } catch (JsonObjects.Fault e) {
        fault = fault.isEmpty() ? "line %d: %s".formatted(line.line(), e.found()) : fault;
      }
      line = lines.next();
    }
    if (at == 0) {
      throw Refusal.of(
          source.name(),
          "no JSON object on any of its first lines (%s)".formatted(fault),
          EXPECTED);
    }
    String where = "%s line %d".formatted(source.name(), at);
    return ExportTable.of(where, null, at, new ArrayList<>(keys), source);
  }

  @Override
  public ExportFile file() {
    return file;
  }

  @Override
  public @Nullable ExportRow next() throws IOException {
    RawRecord line = lines.next();
    if (line == null) {
      return null;
    }
    String raw = UndecodedBytes.shown(line.text());
    try {
      return layout.row(line.line(), raw, values(line.text()));
    } catch (JsonObjects.Fault e) {
      return layout.unlaid(line.line(), raw, RowRule.JSON.rejectRow(e.found(), EXPECTED));
    }
  }

  private Map<ExportColumn, String> values(String line) throws JsonObjects.Fault {
    Map<ExportColumn, String> values = new EnumMap<>(ExportColumn.class);
    for (Map.Entry<String, String> entry : objects.values(line).entrySet()) {
      Optional<ExportColumn> column = column(entry.getKey());
      if (column.isPresent() && values.put(column.get(), entry.getValue()) != null) {
        throw new JsonObjects.Fault(
            "two keys for the column %s, one of them '%s'"
                .formatted(column.get().header(), UndecodedBytes.shown(entry.getKey())));
      }
    }
    return values;
  }

  private Optional<ExportColumn> column(String key) throws JsonObjects.Fault {
    Optional<ExportColumn> known = columns.get(key);
    if (known != null) {
      return known;
    }
    ExportColumn column = source.columns(List.of(key)).get(0);
    if (column == null || !fits(column)) {
      throw new JsonObjects.Fault(
          "key '%s', which none of the first %d rows has"
              .formatted(UndecodedBytes.shown(key), HEADER_ROWS));
    }
    columns.put(key, Optional.of(column));
    return Optional.of(column);
  }

  /** Whether a table with that column too would be of the same kind. */
  private boolean fits(ExportColumn column) {
    ExportTable table = layout.table();
    Set<ExportColumn> all = EnumSet.copyOf(table.positions().keySet());
    all.add(column);
    return ExportKind.of(all).equals(Optional.of(table.kind()));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
