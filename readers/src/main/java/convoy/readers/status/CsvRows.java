package convoy.readers.status;

import convoy.data.error.ConvoyException;
import convoy.data.status.StatusColumn;
import convoy.data.status.StatusRow;
import convoy.data.status.StatusRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV status log. A quoted text may go on over several lines, but a quote that is
 * never closed costs its own line only, not the rest of the file.
 */
final class CsvRows implements RowSource {
  private static final int MOST_LINES = 50;

  private final LineSource lines;
  private final int width;
  private final Map<StatusColumn, Integer> columns;
  private final StatusRules.Times times;

  /**
   * Reads the header.
   *
   * @throws ConvoyException INPUT_REFUSED when it lacks a column or has one twice
   */
  CsvRows(String name, RawLine header, LineSource lines) {
    this.lines = lines;
    List<String> names = CsvFields.split(header.text()).fields();
    this.width = names.size();
    HeaderColumns found = HeaderColumns.of(name + " line " + header.number(), names);
    this.columns = found.positions();
    this.times = found.times();
  }

  @Override
  public @Nullable StatusRow next() {
    RawLine line = lines.next();
    while (line != null && line.text().isBlank()) {
      line = lines.next();
    }
    return line == null ? null : row(line);
  }

  private StatusRow row(RawLine line) {
    if (!line.clean()) {
      return RowRejections.encoding(line);
    }
    CsvFields split = CsvFields.split(line.text());
    return switch (split.fault()) {
      case NONE -> row(line, split.fields());
      case TEXT_AFTER_QUOTE ->
          RowRejections.whole(line, "CSV_QUOTE", "a comma after each closing quote");
      case OPEN_QUOTE -> joined(line);
    };
  }

  private StatusRow row(RawLine line, List<String> fields) {
    if (fields.size() != width) {
      return RowRejections.whole(
          line, "COLUMN_COUNT", fields.size() + " columns", width + " columns as in the header");
    }
    Map<StatusColumn, String> values = new EnumMap<>(StatusColumn.class);
    columns.forEach((column, at) -> values.put(column, fields.get(at)));
    return StatusRules.check(line.number(), line.text(), values, times);
  }

  /** The row over the lines up to its closing quote, when these make a whole record. */
  private StatusRow joined(RawLine first) {
    List<RawLine> more = new ArrayList<>();
    StringBuilder text = new StringBuilder(first.text());
    while (more.size() < MOST_LINES) {
      RawLine line = lines.next();
      if (line == null) {
        break;
      }
      more.add(line);
      text.append('\n').append(line.text());
      CsvFields split = CsvFields.split(text.toString());
      if (split.fault() == CsvFields.Fault.OPEN_QUOTE && line.clean()) {
        continue;
      }
      if (split.fault() == CsvFields.Fault.NONE && split.fields().size() == width && line.clean()) {
        return row(new RawLine(first.number(), text.toString(), true), split.fields());
      }
      break;
    }
    lines.pushBack(more);
    return RowRejections.whole(first, "CSV_QUOTE", "a closing quote");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
