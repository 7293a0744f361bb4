package convoy.writers.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One table of a report: a sheet of the workbook and a CSV file.
 *
 * @param name the name of the CSV file without {@code .csv}, and of the sheet with spaces in the
 *     place of hyphens, such as {@code failures-by-cause}: 1 to 26 letters, digits, and between
 *     them spaces, hyphens and underscores
 * @param title what the table shows, as one line for its readers
 * @param columns at least one column, with different headers
 * @param rows one list of cells for each row, a cell for each column; null is a cell without a
 *     value. Each writer walks through the rows once and keeps none, so that they can be read from
 *     the store while they are written.
 */
public record ReportTable(
    String name, String title, List<ReportColumn> columns, Iterable<List<@Nullable Object>> rows) {

  /** Leaves room for " (999)" in the 31 characters that Excel allows a sheet's name. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9 _-]{0,24}[A-Za-z0-9])?");

  /**
   * @throws IllegalArgumentException when the name or the columns are not as they must be
   */
  public ReportTable {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "report table '"
              + name
              + "': expected a name of 1 to 26 letters, digits, spaces, hyphens and underscores,"
              + " such as failures-by-cause");
    }
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "report table '" + name + "': found no column, expected at least one");
    }
    long headers = columns.stream().map(ReportColumn::header).distinct().count();
    if (headers != columns.size()) {
      throw new IllegalArgumentException(
          "report table '" + name + "': found two columns with the same header in " + columns);
    }
  }

  /** The name as a sheet's label: {@code failures-by-cause} becomes "Failures by cause". */
  String label() {
    String spaced = name.replace('-', ' ').replace('_', ' ');
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }

  /**
   * The place of a column.
   *
   * @throws IllegalArgumentException when there is no column with that header
   */
  int indexOf(String header) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).header().equals(header)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "report table '"
            + name
            + "': found no column '"
            + header
            + "', expected one of "
            + columns.stream().map(ReportColumn::header).toList());
  }

  /**
   * Checks one row before it is written.
   *
   * @param number the row's number, from 1
   * @throws IllegalArgumentException when the row does not fit the columns
   */
  void check(long number, List<@Nullable Object> row) {
    if (row.size() != columns.size()) {
      throw new IllegalArgumentException(
          "report table '%s' row %d: found %d cells, expected %d"
              .formatted(name, number, row.size(), columns.size()));
    }
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      ReportColumn column = columns.get(i);
      if (value != null && !column.kind().accepts(value)) {
        throw new IllegalArgumentException(
            "report table '%s' row %d column '%s': found %s '%s', expected %s"
                .formatted(
                    name,
                    number,
                    column.header(),
                    value.getClass().getSimpleName(),
                    value,
                    column.kind().expected()));
      }
    }
  }
}
