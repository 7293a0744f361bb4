package convoy.jobs.resubmit;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.ImportLedger;
import convoy.data.duckdb.QuarantinedInput;
import convoy.data.io.AtomicFiles;
import convoy.data.status.StatusFormat;
import convoy.readers.export.SheetHeaders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The form of an input, which decides how its rows are written again.
 *
 * @param headers of a workbook, by sheet
 */
record Original(Path file, QuarantinedInput input, Form form, Map<String, List<String>> headers) {
  private static final byte[] ZIP = {'P', 'K'};

  enum Form {
    TEXT_EXPORT,
    WORKBOOK,
    STATUS_CSV,
    JSON_LINES
  }

  static Original of(Path file, QuarantinedInput input) throws IOException {
    Form form = form(file, input);
    return new Original(
        file, input, form, form == Form.WORKBOOK ? SheetHeaders.of(file) : Map.of());
  }

  private static Form form(Path file, QuarantinedInput input) throws IOException {
    if (input.purpose() == ImportLedger.Purpose.STATUS) {
      return StatusFormat.of(input.name()).orElseThrow() == StatusFormat.CSV
          ? Form.STATUS_CSV
          : Form.JSON_LINES;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(ZIP.length);
      return Arrays.equals(start, ZIP) ? Form.WORKBOOK : Form.TEXT_EXPORT;
    }
  }

  Selection.Origin origin() {
    return form == Form.TEXT_EXPORT ? Selection.Origin.ARCHIVE : Selection.Origin.STORE;
  }

  /** What the names of new files end in. */
  String extension() {
    return form == Form.JSON_LINES ? ".jsonl" : ".csv";
  }

  /**
   * A new file with these rows.
   *
   * @param sheet empty for a text
   */
  AtomicFiles.Body body(
      FleetStore store, @Nullable String rule, String sheet, long[] lines, RowMark mark)
      throws IOException {
    return switch (form) {
      case TEXT_EXPORT -> RowFiles.text(file, lines, mark);
      case WORKBOOK ->
          RowFiles.sheet(
              store,
              input,
              rule,
              sheet,
              Objects.requireNonNull(headers.get(sheet), sheet),
              lines,
              mark);
      case STATUS_CSV ->
          RowFiles.lines(
              store, input, rule, mark.header(firstLine(), ','), lines, row -> mark.row(row, ','));
      case JSON_LINES -> RowFiles.lines(store, input, rule, null, lines, mark::json);
    };
  }

  private String firstLine() throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, UTF_8)) {
      String line =
          Objects.requireNonNull(reader.readLine(), "a status log that landed has a line");
      return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }
  }
}
