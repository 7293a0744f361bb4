package convoy.writers.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFCell;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** Writes one table to a sheet, and on to further sheets when it has more rows than one holds. */
final class TableSheets {
  /** Excel keeps 15 digits of a number. */
  private static final long MOST_EXACT = 999_999_999_999_999L;

  private static final float LINE_POINTS = 13;

  /** Excel allows a row no more than 409 points. */
  private static final int MOST_LINES = 31;

  private final SXSSFWorkbook workbook;
  private final WorkbookStyles styles;
  private final ZoneId zone;
  private final int rowsPerSheet;
  private final ReportTable table;
  private final ColumnWidths widths;
  private final List<String> names = new ArrayList<>();

  TableSheets(
      SXSSFWorkbook workbook,
      WorkbookStyles styles,
      ZoneId zone,
      int rowsPerSheet,
      ReportTable table) {
    this.workbook = workbook;
    this.styles = styles;
    this.zone = zone;
    this.rowsPerSheet = rowsPerSheet;
    this.table = table;
    this.widths = new ColumnWidths(table.columns());
  }

  WrittenTable write() {
    List<List<@Nullable Object>> head = new ArrayList<>();
    SXSSFSheet sheet = open();
    int at = 1;
    long number = 0;
    for (List<@Nullable Object> row : table.rows()) {
      number++;
      table.check(number, row);
      if (at == rowsPerSheet) {
        close(sheet, at - 1);
        sheet = open();
        at = 1;
      }
      SXSSFRow cells = sheet.createRow(at++);
      for (int i = 0; i < row.size(); i++) {
        write(cells, i, row.get(i));
      }
      if (head.size() < Math.min(WrittenTable.HEAD, rowsPerSheet - 1)) {
        head.add(new ArrayList<>(row));
      }
    }
    close(sheet, at - 1);
    return new WrittenTable(table, List.copyOf(names), number, head);
  }

  private SXSSFSheet open() {
    String name = names.isEmpty() ? table.label() : table.label() + " (" + (names.size() + 1) + ")";
    names.add(name);
    SXSSFSheet sheet = workbook.createSheet(name);
    sheet.createFreezePane(0, 1);
    sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
    PageLayout.table(sheet, table.title());
    SXSSFRow row = sheet.createRow(0);
    row.setHeightInPoints(21);
    for (int i = 0; i < table.columns().size(); i++) {
      ReportColumn column = table.columns().get(i);
      SXSSFCell cell = row.createCell(i);
      cell.setCellValue(ExcelText.of(column.header()));
      cell.setCellStyle(styles.header(column.kind()));
    }
    return sheet;
  }

  private void close(SXSSFSheet sheet, int lastRow) {
    int columns = table.columns().size();
    sheet.setAutoFilter(new CellRangeAddress(0, lastRow, 0, columns - 1));
    for (int i = 0; i < columns; i++) {
      sheet.setColumnWidth(i, widths.of(i));
    }
  }

  private void write(SXSSFRow row, int column, @Nullable Object value) {
    SXSSFCell cell = row.createCell(column);
    cell.setCellStyle(styles.body(table.columns().get(column).kind()));
    if (value instanceof String text) {
      writeText(cell, column, text);
    } else if (value instanceof Boolean truth) {
      cell.setCellValue(truth ? "yes" : "no");
    } else if (value instanceof Instant instant) {
      writeTime(cell, column, instant.atZone(zone).toLocalDateTime(), CsvCells.text(instant, zone));
    } else if (value instanceof LocalDate day) {
      writeTime(cell, column, day.atStartOfDay(), DateTimeFormatter.ISO_LOCAL_DATE.format(day));
    } else if (value instanceof Double share) {
      cell.setCellValue(share);
    } else if (value instanceof Number count) {
      writeCount(cell, column, count.longValue());
    }
  }

  private void writeText(SXSSFCell cell, int column, String text) {
    int width = ExcelText.width(text);
    widths.grow(column, width);
    int lines = ExcelText.lines(text, ColumnWidths.WIDEST);
    if (CsvCells.startsLikeFormula(text)) {
      cell.setCellStyle(styles.quoted());
    } else if (lines > 1) {
      cell.setCellStyle(styles.wrapped());
    }
    float height = Math.min(lines, MOST_LINES) * LINE_POINTS;
    if (lines > 1 && height > cell.getRow().getHeightInPoints()) {
      cell.getRow().setHeightInPoints(height);
    }
    cell.setCellValue(ExcelText.of(text));
  }

  /** Excel's calendar begins in 1900; an earlier time stands there as text. */
  private void writeTime(SXSSFCell cell, int column, LocalDateTime time, String text) {
    double serial = DateUtil.getExcelDate(time);
    if (serial < 1) {
      widths.grow(column, text.length());
      cell.setCellValue(text);
    } else {
      cell.setCellValue(serial);
    }
  }

  private void writeCount(SXSSFCell cell, int column, long count) {
    if (count > MOST_EXACT || count < -MOST_EXACT) {
      String digits = Long.toString(count);
      widths.grow(column, digits.length());
      cell.setCellValue(digits);
    } else {
      // A comma for every three digits.
      int digits = Long.toString(count).length();
      widths.grow(column, digits + (digits - 1) / 3);
      cell.setCellValue((double) count);
    }
  }
}
