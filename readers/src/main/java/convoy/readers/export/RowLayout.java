package convoy.readers.export;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.Finding;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Lays the cells of a row out in the columns of its table; arrays, since it runs for each row. */
final class RowLayout {
  private final ExportTable table;
  private final ExportColumn[] columns;
  private final int[] positions;

  RowLayout(ExportTable table) {
    this.table = table;
    this.columns = table.positions().keySet().toArray(new ExportColumn[0]);
    this.positions = table.positions().values().stream().mapToInt(Integer::intValue).toArray();
  }

  ExportTable table() {
    return table;
  }

  /** A row whose cells stand where the header has them; cells past the last are empty. */
  ExportRow row(long line, String raw, List<String> cells) {
    Map<ExportColumn, String> values = new EnumMap<>(ExportColumn.class);
    for (int i = 0; i < columns.length; i++) {
      String cell = positions[i] < cells.size() ? cells.get(positions[i]) : "";
      values.put(columns[i], cell.strip());
    }
    return new ExportRow(table.kind(), table.sheet(), line, raw, values);
  }

  /** A row that cannot be laid out. */
  ExportRow unlaid(long line, String raw, Finding problem) {
    return new ExportRow(table.kind(), table.sheet(), line, raw, Map.of(), problem);
  }
}
