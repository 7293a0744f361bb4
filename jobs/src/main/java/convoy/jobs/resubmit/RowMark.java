package convoy.jobs.resubmit;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The column {@code resubmitted} with the time, which each new file gets: the same bytes are never
 * taken over twice, so it must differ from those before it. Readers pass over columns that they do
 * not know. One more cell in the header and in each row, so a row with too few stays one with too
 * few.
 */
record RowMark(Instant now) {
  static final String COLUMN = "resubmitted";

  private static final Pattern KEY = Pattern.compile("\"" + COLUMN + "\":\"[^\"\\\\]*\"");

  /** The header line of a text with that column after the last. */
  String header(String header, char delimiter) {
    return header + delimiter + COLUMN;
  }

  /** A row of a text with the time after its last cell. */
  String row(String row, char delimiter) {
    return row + delimiter + now;
  }

  /** The cells of a row under a header of that width: a workbook leaves out empty cells. */
  List<String> cells(List<String> cells, int width) {
    String[] all = new String[width + 1];
    for (int i = 0; i < width; i++) {
      all[i] = i < cells.size() ? cells.get(i) : "";
    }
    all[width] = now.toString();
    return List.of(all);
  }

  /** A JSON object with that key; a line that is none stays none. */
  String json(String line) {
    String mark = "\"%s\":\"%s\"".formatted(COLUMN, now);
    Matcher earlier = KEY.matcher(line);
    if (earlier.find()) {
      // A key may stand only once.
      return line.substring(0, earlier.start()) + mark + line.substring(earlier.end());
    }
    int open = line.indexOf('{');
    if (open < 0 || !line.substring(0, open).isBlank()) {
      return line;
    }
    String rest = line.substring(open + 1);
    return line.substring(0, open + 1) + mark + (rest.strip().startsWith("}") ? "" : ",") + rest;
  }
}
