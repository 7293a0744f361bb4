package convoy.jobs.samples;

import convoy.data.vehicle.ExportColumn;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.poi.ooxml.POIXMLProperties.CoreProperties;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** Writes sample tables as the sheets of one workbook, row by row, the same bytes each time. */
final class SampleWorkbook {
  private static final int ROWS_IN_MEMORY = 100;
  private static final int COLUMN_WIDTH = 20 * 256;
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern YEAR = Pattern.compile("\\d{4}");

  private SampleWorkbook() {}

  /** The tallies are in the order of the tables. */
  static List<SampleTally> write(Path file, SampleSpec spec, List<SampleTable> tables)
      throws IOException {
    List<SampleTally> tallies = new ArrayList<>();
    try (SXSSFWorkbook workbook = new TimelessWorkbook(ROWS_IN_MEMORY)) {
      describe(workbook.getXSSFWorkbook().getProperties().getCoreProperties(), spec);
      CellStyle dates = workbook.createCellStyle();
      dates.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
      for (SampleTable table : tables) {
        tallies.add(writeSheet(workbook.createSheet(table.sheet()), dates, spec, table));
      }
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        workbook.write(out);
      }
    }
    return tallies;
  }

  private static void describe(CoreProperties properties, SampleSpec spec) {
    Optional<Date> time = Optional.of(Date.from(spec.exportedAt()));
    properties.setCreated(time);
    properties.setModified(time);
    properties.setCreator("Puebla plant");
  }

  private static SampleTally writeSheet(
      Sheet sheet, CellStyle dates, SampleSpec spec, SampleTable table) throws IOException {
    List<ExportColumn> columns = table.columns();
    sheet.createFreezePane(0, 1);
    Row header = sheet.createRow(0);
    for (int i = 0; i < columns.size(); i++) {
      sheet.setColumnWidth(i, COLUMN_WIDTH);
      header.createCell(i).setCellValue(columns.get(i).header());
    }
    return new SampleRows(spec, table)
        .forEach(
            sample -> {
              Row row = sheet.createRow(sheet.getLastRowNum() + 1);
              for (int i = 0; i < columns.size(); i++) {
                fill(row, i, columns.get(i), sample, dates);
              }
            });
  }

  private static void fill(
      Row row, int at, ExportColumn column, SampleRow sample, CellStyle dates) {
    String text = sample.cells().get(at);
    if (text.isEmpty()) {
      return;
    }
    Cell cell = row.createCell(at);
    if (column == ExportColumn.MANUFACTURED_ON && DATE.matcher(text).matches()) {
      cell.setCellValue(LocalDate.parse(text));
      cell.setCellStyle(dates);
    } else if (column == ExportColumn.MODEL_YEAR && YEAR.matcher(text).matches()) {
      cell.setCellValue(Integer.parseInt(text));
    } else if (sample.fault() == Fault.CELL_ERROR && column == ExportColumn.SOFTWARE_VERSION) {
      cell.setCellErrorValue(FormulaError.REF.getCode());
    } else {
      cell.setCellValue(text);
    }
  }
}
