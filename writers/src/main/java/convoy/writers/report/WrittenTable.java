package convoy.writers.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as it stands in the workbook.
 *
 * @param table the table
 * @param sheets the names of its sheets, in order
 * @param rows the number of its rows, without headers
 * @param head its first rows, at most {@link #HEAD}, which a chart can draw
 */
record WrittenTable(
    ReportTable table, List<String> sheets, long rows, List<List<@Nullable Object>> head) {
  /** The most bars that can be read in one chart. */
  static final int HEAD = 25;
}
