package convoy.writers.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Writes a report as an Excel workbook: a sheet "Summary" with the charts, then a sheet for each
 * table. Rows are streamed, so the number of rows costs disk, not memory; a table longer than
 * Excel's 1,048,576 rows goes on on a sheet "Name (2)". Text stays text, whatever it starts with.
 * The same input gives the same bytes. No fonts and no display are needed.
 *
 * <p>Instances hold no state; threads may share one.
 */
public final class WorkbookWriter {
  private final int rowsPerSheet;

  public WorkbookWriter() {
    this(SpreadsheetVersion.EXCEL2007.getMaxRows());
  }

  /** For tests: as if Excel allowed that many rows in a sheet, its header among them. */
  WorkbookWriter(int rowsPerSheet) {
    this.rowsPerSheet = rowsPerSheet;
  }

  /**
   * Writes the file whole, or leaves what was there.
   *
   * @param file replaced when it is there; its folder is created when it is not
   * @param title the report's title
   * @param at the time as of which the report speaks
   * @param zone the zone that all timestamps are shown in
   * @param tables the tables, a sheet each, in order
   * @param charts the charts, in order; a chart shows the first 25 rows of its table, and leaves
   *     out value columns that are zero in all of them
   * @throws IllegalArgumentException when names collide, a chart names a table or column that is
   *     not there, or a row does not fit its table
   * @throws convoy.data.error.ConvoyException JOB_FAILED, when the file cannot be written
   */
  public void write(
      Path file,
      String title,
      Instant at,
      ZoneId zone,
      List<ReportTable> tables,
      List<ReportChart> charts) {
    TableNames.requireDistinct(tables);
    charts.forEach(chart -> chart.check(tables));
    WholeFiles.write(file, out -> write(out, title, at, zone, tables, charts));
  }

  private void write(
      OutputStream out,
      String title,
      Instant at,
      ZoneId zone,
      List<ReportTable> tables,
      List<ReportChart> charts)
      throws IOException {
    try (XSSFWorkbook plain = new XSSFWorkbook()) {
      properties(plain.getProperties(), title, at);
      WorkbookStyles styles = new WorkbookStyles(plain);
      XSSFSheet first = plain.createSheet(TableNames.SUMMARY);
      try (ReproducibleWorkbook workbook = new ReproducibleWorkbook(plain)) {
        Map<String, WrittenTable> written = new LinkedHashMap<>();
        for (ReportTable table : tables) {
          written.put(
              table.name(), new TableSheets(workbook, styles, zone, rowsPerSheet, table).write());
        }
        SummarySheet summary = new SummarySheet(first, styles);
        summary.heading(title, at, zone);
        summary.contents(List.copyOf(written.values()));
        new SummaryCharts(first, summary, written).place(charts);
        workbook.write(out);
      }
    }
  }

  private static void properties(POIXMLProperties properties, String title, Instant at)
      throws IOException {
    POIXMLProperties.CoreProperties core = properties.getCoreProperties();
    String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
    core.setTitle(title);
    core.setCreator("Convoy");
    try {
      core.setCreated(time);
      core.setModified(time);
    } catch (InvalidFormatException e) {
      throw new IOException("the report's time " + time + " is none that Excel takes", e);
    }
    properties.getExtendedProperties().setApplication("Convoy");
  }
}
