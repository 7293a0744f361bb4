package convoy.writers.report;

import java.util.List;

/**
 * The widths of a table's columns, grown with their content. Counted in characters, so that no
 * fonts are needed: servers have none.
 */
final class ColumnWidths {
  /** Characters; wider text is wrapped. */
  static final int WIDEST = 60;

  private static final int NARROWEST = 8;

  /** Room for the arrow of the filter. */
  private static final int ARROW = 4;

  /** The cells' indent and border. */
  private static final int MARGIN = 3;

  /** Excel's unit: a 256th of a character. */
  private static final int UNIT = 256;

  private final int[] characters;

  ColumnWidths(List<ReportColumn> columns) {
    characters = new int[columns.size()];
    for (int i = 0; i < characters.length; i++) {
      ReportColumn column = columns.get(i);
      int content =
          switch (column.kind()) {
            case TIMESTAMP -> 19;
            case DATE -> 10;
            case TEXT, COUNT, PERCENT -> 0;
          };
      grow(i, Math.max(content, ExcelText.width(column.header()) + ARROW));
    }
  }

  void grow(int column, int width) {
    characters[column] = Math.max(characters[column], Math.min(width, WIDEST));
  }

  /** In Excel's unit. */
  int of(int column) {
    return (Math.max(characters[column], NARROWEST) + MARGIN) * UNIT;
  }
}
