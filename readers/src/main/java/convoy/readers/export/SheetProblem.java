package convoy.readers.export;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.Finding;
import convoy.data.vehicle.RowRule;
import convoy.readers.sheet.CellProblem;
import convoy.readers.sheet.MergedCells;
import convoy.readers.sheet.SheetRows;
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
      CellProblem problem = CellProblem.of(row, column.getValue(), merged);
      if (problem != null) {
        return new Finding(
            RowRule.MISSING_VALUE.name(),
            column.getKey().header(),
            problem.found(),
            problem.expected());
      }
    }
    return null;
  }
}
