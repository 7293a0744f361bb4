package convoy.writers.report;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rules for the names of a report's tables among each other. */
final class TableNames {
  /** The first sheet of a workbook. */
  static final String SUMMARY = "Summary";

  /** Excel keeps this name for itself. */
  private static final String HISTORY = "History";

  private TableNames() {}

  /**
   * Excel and some file systems take names that differ only in case for one name.
   *
   * @throws IllegalArgumentException when two tables would share a sheet or a file, or one would
   *     take the name of the summary or of Excel's own sheet
   */
  static void requireDistinct(List<ReportTable> tables) {
    Map<String, String> taken = new HashMap<>();
    taken.put(SUMMARY.toLowerCase(Locale.ROOT), "the first sheet");
    taken.put(HISTORY.toLowerCase(Locale.ROOT), "a sheet of Excel's own");
    for (ReportTable table : tables) {
      String earlier =
          taken.put(
              table.label().toLowerCase(Locale.ROOT), "the earlier table '" + table.name() + "'");
      if (earlier != null) {
        throw new IllegalArgumentException(
            "report table '"
                + table.name()
                + "': the sheet name '"
                + table.label()
                + "' is taken by "
                + earlier
                + ", expected another name");
      }
    }
  }
}
