package convoy.readers.export;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.Finding;
import convoy.data.vehicle.RowRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a sheet's row does not have the values that a person sees in it, or means by it. */
final class SheetProblem {
  private SheetProblem() {}

  /** The first one in the columns that Convoy knows, or null. */
  static @Nullable Finding of(SheetRows.Row row, ExportTable table, MergedCells merged) {
    if (row.unusable().isEmpty() && merged.isEmpty()) {
      return null;
    }
    for (Map.Entry<ExportColumn, Integer> column : table.positions().entrySet()) {
      int position = column.getValue();
      String found = text(row.cells(), position);
      String expected = row.unusable().get(position);
      if (expected == null && found.isEmpty()) {
        String first = merged.firstCell(row.number(), position);
        expected =
            first == null
                ? null
                : "a value in each row; the cell is merged with %s, which alone holds one"
                    .formatted(first);
      }
      if (expected != null) {
        return new Finding(RowRule.MISSING_VALUE.name(), column.getKey().header(), found, expected);
      }
    }
    return null;
  }

  private static String text(List<String> cells, int position) {
    return position < cells.size() ? cells.get(position) : "";
  }
}
