package convoy.writers.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The text of a cell in a CSV report. */
final class CsvCells {
  /**
   * First characters that a spreadsheet program may take for a formula, with the full-width forms
   * that it takes for the same; and the apostrophe, so that the guard can be taken off again.
   */
  private static final String GUARDED = "=+-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20";

  private CsvCells() {}

  /** Timestamps are ISO 8601 with the zone's offset, shares plain decimal fractions. */
  static String text(Object value, ZoneId zone) {
    if (value instanceof String text) {
      return guarded(text);
    }
    if (value instanceof Instant instant) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
    }
    if (value instanceof Double share) {
      return BigDecimal.valueOf(share).stripTrailingZeros().toPlainString();
    }
    return value.toString();
  }

  static String guarded(String text) {
    return startsLikeFormula(text) ? "'" + text : text;
  }

  static boolean startsLikeFormula(String text) {
    return !text.isEmpty() && GUARDED.indexOf(text.charAt(0)) >= 0;
  }
}
