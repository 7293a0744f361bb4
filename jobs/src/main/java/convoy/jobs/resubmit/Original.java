package convoy.jobs.resubmit;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.ImportLedger;
import convoy.data.duckdb.QuarantinedInput;
import convoy.data.io.AtomicFiles;
import convoy.data.status.StatusFormat;
import convoy.jobs.reconcilestatus.ReadVersionReportsJobConfiguration;
import convoy.readers.export.ExportFormats;
import convoy.readers.export.OriginalText;
import convoy.readers.export.SheetHeaders;
import convoy.readers.status.SheetHeader;
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
record Original(
    Path file,
    QuarantinedInput input,
    ExportFormats formats,
    Form form,
    Map<String, List<String>> headers) {
  // The rows of a status log are kept without the name of the one sheet that they stand in.
  private static final String ONE_SHEET = "";
  private static final byte[] ZIP = {'P', 'K'};

  enum Form {
    TEXT_EXPORT,
    WORKBOOK,
    STATUS_CSV,
    STATUS_WORKBOOK,
    JSON_LINES
  }

  static Original of(Path file, QuarantinedInput input, ExportFormats formats) throws IOException {
    Form form = form(file, input, formats);
    return new Original(
        file,
        input,
        formats,
        form,
        switch (form) {
          case WORKBOOK -> SheetHeaders.of(file, input.name(), formats);
          case STATUS_WORKBOOK -> Map.of(ONE_SHEET, SheetHeader.of(file));
          default -> Map.of();
        });
  }

  private static Form form(Path file, QuarantinedInput input, ExportFormats formats)
      throws IOException {
    if (input.purpose() == ImportLedger.Purpose.STATUS) {
      return switch (StatusFormat.of(input.name()).orElseThrow()) {
        case CSV -> Form.STATUS_CSV;
        case JSONL -> Form.JSON_LINES;
        case XLSX -> Form.STATUS_WORKBOOK;
      };
    }
    try (InputStream in = Files.newInputStream(file)) {
      if (Arrays.equals(in.readNBytes(ZIP.length), ZIP)) {
        return Form.WORKBOOK;
      }
    }
    return OriginalText.isJson(file, input.name(), formats) ? Form.JSON_LINES : Form.TEXT_EXPORT;
  }

  /** What the name of a new file ends in; where a profile is found by the input's name, as that. */
  String extension() {
    int dot = input.name().indexOf('.');
    if (dot > 0
        && input.purpose() == ImportLedger.Purpose.MANUFACTURING
        && formats.profiles().of(input.name()).isPresent()) {
      return input.name().substring(dot);
    }
    if (ReadVersionReportsJobConfiguration.isFor(Path.of(input.name()))) {
      return ReadVersionReportsJobConfiguration.SUFFIX;
    }
    return form == Form.JSON_LINES ? ".jsonl" : ".csv";
  }

  Selection.Origin origin() {
    return form == Form.TEXT_EXPORT ? Selection.Origin.ARCHIVE : Selection.Origin.STORE;
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
      case TEXT_EXPORT -> RowFiles.text(file, input.name(), formats, lines, mark);
      case WORKBOOK, STATUS_WORKBOOK ->
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
