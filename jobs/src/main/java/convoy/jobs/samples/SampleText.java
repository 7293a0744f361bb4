package convoy.jobs.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.vehicle.ExportColumn;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes a sample table as a text file, the way its plant does. */
final class SampleText {
  /** Wolfsburg's: comma, LF, no byte order mark, the canonical headers. */
  static final SampleText CANONICAL = new SampleText(',', "\n", "", false);

  /** Shanghai's: semicolon, CR LF, byte order mark, headers in words ("Software Version"). */
  static final SampleText IN_WORDS = new SampleText(';', "\r\n", "\ufeff", true);

  private final char delimiter;
  private final String lineEnd;
  private final String mark;
  private final boolean headersInWords;

  private SampleText(char delimiter, String lineEnd, String mark, boolean headersInWords) {
    this.delimiter = delimiter;
    this.lineEnd = lineEnd;
    this.mark = mark;
    this.headersInWords = headersInWords;
  }

  SampleTally write(Path file, SampleRows rows) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      List<String> headers = rows.columns().stream().map(this::header).toList();
      out.write((mark + line(headers)).getBytes(UTF_8));
      return rows.forEach(
          row -> {
            boolean latin1 = row.fault() == Fault.LATIN_1_BYTE;
            out.write(line(row.cells()).getBytes(latin1 ? ISO_8859_1 : UTF_8));
          });
    }
  }

  private String header(ExportColumn column) {
    if (!headersInWords) {
      return column.header();
    }
    if (column == ExportColumn.VIN) {
      return "VIN";
    }
    StringBuilder words = new StringBuilder();
    for (String word : column.header().split("_", -1)) {
      words.append(words.isEmpty() ? "" : " ");
      words.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return words.toString();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      boolean quoted = cell.indexOf(delimiter) >= 0;
      if (i > 0) {
        line.append(delimiter);
      }
      line.append(quoted ? "\"" : "").append(cell).append(quoted ? "\"" : "");
    }
    return line.append(lineEnd).toString();
  }
}
