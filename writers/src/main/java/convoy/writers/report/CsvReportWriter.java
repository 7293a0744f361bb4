package convoy.writers.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tables of a report as CSV files, {@code NAME.csv} each: RFC 4180 with a header, UTF-8
 * without a byte order mark, commas, CRLF, quotes where needed.
 *
 * <p>Text from outside must not run as a formula when a person opens the file in a spreadsheet
 * program (CWE-1236): a text cell or header that starts with one of {@code = + - @}, their
 * full-width forms, a tab, a line break or an apostrophe gets one apostrophe in front. A program
 * that reads the file drops the first character of a text that starts with an apostrophe and has
 * the text as it was. Numbers, times and days are never touched.
 *
 * <p>Instances hold no state; threads may share one.
 */
public final class CsvReportWriter {
  /** One record for each row; an absent value is an empty field. */
  private static final CSVFormat FORMAT = CSVFormat.RFC4180;

  /**
   * Writes all files, or none when one fails.
   *
   * @param dir the folder; created when it is not there; files of the same names are replaced
   * @param zone the zone whose offset timestamps are given in
   * @throws IllegalArgumentException when two tables have one name, or a row does not fit its table
   * @throws convoy.data.error.ConvoyException JOB_FAILED, when a file cannot be written
   */
  public void write(Path dir, ZoneId zone, List<ReportTable> tables) {
    TableNames.requireDistinct(tables);
    Map<Path, WholeFiles.Content> files = new LinkedHashMap<>();
    for (ReportTable table : tables) {
      files.put(dir.resolve(table.name() + ".csv"), out -> write(out, zone, table));
    }
    WholeFiles.writeAll(files);
  }

  private static void write(OutputStream out, ZoneId zone, ReportTable table) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CSVPrinter printer = new CSVPrinter(writer, FORMAT);
    for (ReportColumn column : table.columns()) {
      printer.print(CsvCells.guarded(column.header()));
    }
    printer.println();
    long number = 0;
    for (List<@Nullable Object> row : table.rows()) {
      number++;
      table.check(number, row);
      for (Object value : row) {
        printer.print(value == null ? null : CsvCells.text(value, zone));
      }
      printer.println();
    }
    writer.flush();
  }
}
