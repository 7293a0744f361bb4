package convoy.writers.report;

import java.util.List;

/**
 * One chart on the first sheet of a workbook, drawn from the cells of one table.
 *
 * @param kind its shape
 * @param title its title
 * @param table the name of the table whose cells it shows
 * @param categoryColumn the header of the column that names each bar
 * @param valueColumns the headers of the columns that give the bars their length, at least one,
 *     each a COUNT or a PERCENT
 */
public record ReportChart(
    Kind kind, String title, String table, String categoryColumn, List<String> valueColumns) {

  /** The shape of a chart. Bars lie, so that long names can be read. */
  public enum Kind {
    /** One bar for each row, made of its value columns end to end. */
    BAR_STACKED,
    /** One bar for each row and value column, with its value beside it. */
    BAR
  }

  /**
   * @throws IllegalArgumentException when there is no value column
   */
  public ReportChart {
    valueColumns = List.copyOf(valueColumns);
    if (valueColumns.isEmpty()) {
      throw new IllegalArgumentException(
          "report chart '" + title + "': found no value column, expected at least one");
    }
  }

  /**
   * Checks that the tables have what the chart draws.
   *
   * @throws IllegalArgumentException when the table or a column is missing, or is not a number
   */
  void check(List<ReportTable> tables) {
    ReportTable source =
        tables.stream()
            .filter(candidate -> candidate.name().equals(table))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "report chart '%s': found no table '%s', expected one of %s"
                            .formatted(
                                title, table, tables.stream().map(ReportTable::name).toList())));
    source.indexOf(categoryColumn);
    for (String header : valueColumns) {
      ColumnKind found = source.columns().get(source.indexOf(header)).kind();
      if (!found.isNumber()) {
        throw new IllegalArgumentException(
            "report chart '%s': column '%s' of table '%s' is %s, expected COUNT or PERCENT"
                .formatted(title, header, table, found));
      }
    }
  }
}
