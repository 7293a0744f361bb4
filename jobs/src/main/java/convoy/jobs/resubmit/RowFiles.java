package convoy.jobs.resubmit;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.QuarantinedInput;
import convoy.data.duckdb.QuarantinedInputs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.readers.export.ExportFormats;
import convoy.readers.export.OriginalText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/** What stands in new files: the original header and the rejected rows, each with its mark. */
final class RowFiles {
  private static final CSVFormat CSV = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();
  // So that no character of a header cell is taken for the delimiter.
  private static final CSVFormat QUOTED = CSV.builder().setQuoteMode(QuoteMode.ALL).get();

  private RowFiles() {}

  /** Rows of a text export, byte for byte and in its own dialect. */
  static AtomicFiles.Body text(
      Path archived, String name, ExportFormats formats, long[] lines, RowMark mark) {
    return out -> {
      try (OriginalText original = OriginalText.open(archived, name, formats)) {
        char delimiter = original.delimiter();
        out.write(original.mark());
        out.write(original.encoded(mark.header(original.header(), delimiter) + "\n"));
        int found = 0;
        OriginalText.Row row = original.next();
        while (row != null && found < lines.length) {
          if (row.line() == lines[found]) {
            out.write(original.encoded(mark.row(row.text(), delimiter) + "\n"));
            found++;
          }
          row = original.next();
        }
        if (found < lines.length) {
          throw new ConvoyException(
              ErrorCode.JOB_FAILED,
              "%s: found no row that starts on line %d, expected the one that was rejected"
                  .formatted(archived, lines[found]));
        }
      }
    };
  }

  /** Rows of one sheet of a workbook as CSV. */
  static AtomicFiles.Body sheet(
      FleetStore store,
      QuarantinedInput input,
      @Nullable String rule,
      String sheet,
      List<String> header,
      long[] lines,
      RowMark mark) {
    return out -> {
      StringBuilder text = new StringBuilder();
      String[] cells = Arrays.copyOf(header.toArray(new String[0]), header.size() + 1);
      cells[header.size()] = RowMark.COLUMN;
      QUOTED.printRecord(text, (Object[]) cells);
      out.write(text.toString().getBytes(UTF_8));
      eachRow(
          store,
          input,
          rule,
          lines,
          row -> Selection.sheet(row).equals(sheet),
          row -> csv(mark.cells(cells(row.raw()), header.size())),
          out);
    };
  }

  /** Rows of lines that the store holds as they stood. */
  static AtomicFiles.Body lines(
      FleetStore store,
      QuarantinedInput input,
      @Nullable String rule,
      @Nullable String header,
      long[] lines,
      UnaryOperator<String> marked) {
    return out -> {
      if (header != null) {
        out.write((header + "\n").getBytes(UTF_8));
      }
      eachRow(store, input, rule, lines, row -> true, row -> marked.apply(row.raw()) + "\n", out);
    };
  }

  private static void eachRow(
      FleetStore store,
      QuarantinedInput input,
      @Nullable String rule,
      long[] lines,
      Predicate<QuarantinedInput.Row> isWanted,
      Function<QuarantinedInput.Row, String> line,
      OutputStream out) {
    // A version report stands on one line and has several rows.
    long[] last = {-1};
    Consumer<QuarantinedInput.Row> write =
        row -> {
          if (isWanted.test(row)
              && row.line() != last[0]
              && Arrays.binarySearch(lines, row.line()) >= 0) {
            last[0] = row.line();
            try {
              out.write(line.apply(row).getBytes(UTF_8));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    QuarantinedInputs.rows(store, input, rule, write);
  }

  private static List<String> cells(String raw) {
    try (CSVParser parser = CSVParser.parse(raw, CSV)) {
      List<CSVRecord> records = parser.getRecords();
      return records.isEmpty() ? List.of() : records.get(0).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String csv(List<String> cells) {
    StringBuilder text = new StringBuilder();
    try {
      CSV.printRecord(text, cells.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException("a StringBuilder does not fail", e);
    }
    return text.toString();
  }
}
