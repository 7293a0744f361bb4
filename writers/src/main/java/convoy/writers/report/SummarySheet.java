package convoy.writers.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFHyperlink;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** The first sheet: what the report is, when it was made, what it holds, and its charts. */
final class SummarySheet {
  /** Columns of equal width, as a grid that charts are placed on. */
  static final int COLUMNS = 12;

  /** Twelve of them fit the width of a landscape page, A4 and Letter. */
  private static final int COLUMN_WIDTH = 2688;

  /** Of this height, a landscape page of A4 or Letter holds so many rows. */
  private static final float ROW_POINTS = 14;

  private static final int PAGE_ROWS = 34;
  private static final int TITLE_FROM = 3;
  private static final int ROWS_FROM = 11;
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final XSSFSheet sheet;
  private final WorkbookStyles styles;
  private int next;
  private int pageStart;

  SummarySheet(XSSFSheet sheet, WorkbookStyles styles) {
    this.sheet = sheet;
    this.styles = styles;
    sheet.setDisplayGridlines(false);
    sheet.setDefaultRowHeightInPoints(ROW_POINTS);
    PageLayout.landscape(sheet);
    for (int i = 0; i < COLUMNS; i++) {
      sheet.setColumnWidth(i, COLUMN_WIDTH);
    }
  }

  void heading(String title, Instant at, ZoneId zone) {
    XSSFRow row = sheet.createRow(next++);
    row.setHeightInPoints(2 * ROW_POINTS);
    text(row, 0, title, styles.title());
    String when =
        "As of %s. Times are those of %s.".formatted(WHEN.format(at.atZone(zone)), zone.getId());
    text(sheet.createRow(next++), 0, when, styles.note());
    next++;
  }

  /** One line for each table, with a link to its first sheet. */
  void contents(List<WrittenTable> tables) {
    XSSFRow header = sheet.createRow(next++);
    span(header, 0, TITLE_FROM, "Sheet", styles.header(ColumnKind.TEXT));
    span(header, TITLE_FROM, ROWS_FROM, "What it shows", styles.header(ColumnKind.TEXT));
    span(header, ROWS_FROM, COLUMNS, "Rows", styles.header(ColumnKind.COUNT));
    for (WrittenTable written : tables) {
      XSSFRow row = sheet.createRow(next++);
      String first = written.sheets().get(0);
      int further = written.sheets().size() - 1;
      String label = further == 0 ? first : "%s and %d more".formatted(first, further);
      span(row, 0, TITLE_FROM, label, styles.link());
      XSSFHyperlink link =
          sheet.getWorkbook().getCreationHelper().createHyperlink(HyperlinkType.DOCUMENT);
      link.setAddress("'" + first + "'!A1");
      row.getCell(0).setHyperlink(link);
      span(row, TITLE_FROM, ROWS_FROM, written.table().title(), styles.body(ColumnKind.TEXT));
      span(row, ROWS_FROM, COLUMNS, "", styles.body(ColumnKind.COUNT));
      row.getCell(ROWS_FROM).setCellValue((double) written.rows());
    }
    next++;
  }

  /** A line of text in the place of a chart. */
  void remark(String text) {
    text(sheet.createRow(next++), 0, text, styles.note());
    next++;
  }

  /**
   * Takes rows for charts and returns the first; a page ends before them when they would not fit.
   */
  int reserve(int rows) {
    if (next - pageStart + rows > PAGE_ROWS) {
      sheet.setRowBreak(next - 2);
      pageStart = next - 1;
    }
    int first = next;
    next += rows + 1;
    return first;
  }

  private void span(XSSFRow row, int from, int to, String text, CellStyle style) {
    for (int i = from; i < to; i++) {
      text(row, i, i == from ? text : "", style);
    }
    if (to - from > 1) {
      sheet.addMergedRegion(new CellRangeAddress(row.getRowNum(), row.getRowNum(), from, to - 1));
    }
  }

  private static void text(XSSFRow row, int column, String text, CellStyle style) {
    XSSFCell cell = row.createCell(column);
    cell.setCellStyle(style);
    if (!text.isEmpty()) {
      cell.setCellValue(ExcelText.of(text));
    }
  }
}
