package convoy.readers.sheet;

import org.jspecify.annotations.Nullable;

/**
 * Why a cell does not have the value that a person sees in it, or means by it.
 *
 * @param found what it holds
 * @param expected what should stand there instead
 */
public record CellProblem(String found, String expected) {
  /**
   * The problem of one cell of a row, or null.
   *
   * @param column 0-based
   * @param merged those of the row's sheet
   */
  public static @Nullable CellProblem of(SheetRows.Row row, int column, MergedCells merged) {
    String found = row.cell(column);
    String expected = row.unusable().get(column);
    if (expected == null && found.isEmpty()) {
      String first = merged.firstCell(row.number(), column);
      expected =
          first == null
              ? null
              : "a value in each row; the cell is merged with %s, which alone holds one"
                  .formatted(first);
    }
    return expected == null ? null : new CellProblem(found, expected);
  }
}
