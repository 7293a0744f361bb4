package convoy.readers.export;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.Finding;
import convoy.data.vehicle.Memo;
import convoy.readers.profile.ExportProfile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Lays the cells of a row out in the columns of its table, and makes a profile's values ours;
 * arrays, since it runs for each row.
 */
final class RowLayout {
  private final ExportTable table;
  private final ExportColumn[] columns;
  private final int[] positions;
  // Of the columns whose values are not taken as they are.
  private final Map<ExportColumn, Memo<String>> values = new EnumMap<>(ExportColumn.class);
  private final Map<ExportColumn, String> constants;

  RowLayout(ExportTable table, ExportSource source) {
    this.table = table;
    this.columns = table.positions().keySet().toArray(new ExportColumn[0]);
    this.positions = table.positions().values().stream().mapToInt(Integer::intValue).toArray();
    this.constants = new EnumMap<>(ExportColumn.class);
    constants.putAll(source.constants());
    constants.keySet().removeAll(table.positions().keySet());
    ExportProfile profile = source.profile();
    if (profile != null) {
      for (ExportColumn column : ExportColumn.values()) {
        UnaryOperator<String> of = profile.values(column);
        if (of != null) {
          values.put(column, new Memo<>(of::apply));
        }
      }
    }
  }

  ExportTable table() {
    return table;
  }

  /** A row whose cells stand where the header has them; cells past the last are empty. */
  ExportRow row(long line, String raw, List<String> cells) {
    Map<ExportColumn, String> row = new EnumMap<>(ExportColumn.class);
    row.putAll(constants);
    for (int i = 0; i < columns.length; i++) {
      String cell = positions[i] < cells.size() ? cells.get(positions[i]) : "";
      row.put(columns[i], value(columns[i], cell));
    }
    return new ExportRow(table.kind(), table.sheet(), line, raw, row);
  }

  /** A row whose cells are named; columns of the header that it lacks are empty. */
  ExportRow row(long line, String raw, Map<ExportColumn, String> cells) {
    Map<ExportColumn, String> row = new EnumMap<>(ExportColumn.class);
    row.putAll(constants);
    for (ExportColumn column : columns) {
      row.put(column, "");
    }
    cells.forEach((column, cell) -> row.put(column, value(column, cell)));
    return new ExportRow(table.kind(), table.sheet(), line, raw, row);
  }

  private String value(ExportColumn column, String cell) {
    String text = cell.strip();
    Memo<String> of = values.get(column);
    return of == null ? text : Objects.requireNonNull(of.get(text), "a profile gives a value");
  }

  /** A row that cannot be laid out. */
  ExportRow unlaid(long line, String raw, Finding problem) {
    return new ExportRow(table.kind(), table.sheet(), line, raw, Map.of(), problem);
  }
}
