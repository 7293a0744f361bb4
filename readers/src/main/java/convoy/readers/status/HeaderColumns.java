package convoy.readers.status;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.StatusColumn;
import convoy.data.status.StatusRules;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the columns of a table stand, by its header.
 *
 * @param positions the 0-based position of each column
 * @param times what a time without an offset is, by the name of its column
 */
record HeaderColumns(Map<StatusColumn, Integer> positions, StatusRules.Times times) {
  /**
   * Reads a header.
   *
   * @param where the file with the header's line or row, for messages
   * @throws ConvoyException INPUT_REFUSED when it lacks a column or has one twice
   */
  static HeaderColumns of(String where, List<String> header) {
    List<String> names =
        header.stream().map(field -> field.strip().toLowerCase(Locale.ROOT)).toList();
    boolean isUtc = names.contains(StatusRules.AT_UTC);
    Map<StatusColumn, Integer> positions = new EnumMap<>(StatusColumn.class);
    for (StatusColumn column : StatusColumn.values()) {
      boolean isOther = isUtc && column == StatusColumn.AT;
      String name = isOther ? StatusRules.AT_UTC : column.header();
      int at = names.indexOf(name);
      if (at < 0 || at != names.lastIndexOf(name) || (isOther && names.contains(column.header()))) {
        throw new ConvoyException(
            ErrorCode.INPUT_REFUSED,
            "%s: the header %s column '%s', expected %s"
                .formatted(where, at < 0 ? "lacks" : "repeats", name, StatusColumn.headerLine()));
      }
      positions.put(column, at);
    }
    return new HeaderColumns(
        positions, isUtc ? StatusRules.Times.UTC : StatusRules.Times.WITH_OFFSET);
  }
}
