package convoy.writers.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The cell styles of one workbook. */
final class WorkbookStyles {
  static final String DARK = "1F3864";
  private static final String GREY = "595959";
  private static final String LINE = "D9D9D9";

  /** On every desktop, or there under another name with the same widths. */
  private static final String FONT = "Arial";

  private static final int POINTS = 10;

  private final XSSFWorkbook workbook;
  private final Map<ColumnKind, CellStyle> bodies = new EnumMap<>(ColumnKind.class);
  private final CellStyle wrapped;
  private final CellStyle quoted;
  private final CellStyle textHeader;
  private final CellStyle numberHeader;
  private final CellStyle title;
  private final CellStyle note;
  private final CellStyle link;

  WorkbookStyles(XSSFWorkbook workbook) {
    this.workbook = workbook;
    workbook.getFontAt(0).setFontName(FONT);
    workbook.getFontAt(0).setFontHeightInPoints((short) POINTS);
    for (ColumnKind kind : ColumnKind.values()) {
      bodies.put(kind, newBody(kind));
    }
    XSSFCellStyle wrapping = newBody(ColumnKind.TEXT);
    wrapping.setWrapText(true);
    wrapped = wrapping;
    XSSFCellStyle quoting = newBody(ColumnKind.TEXT);
    quoting.setQuotePrefixed(true);
    quoting.setWrapText(true);
    quoted = quoting;
    textHeader = newHeader(false);
    numberHeader = newHeader(true);
    title = plain(font(DARK, 18, true));
    note = plain(font(GREY, POINTS, false));
    XSSFFont linked = font("0563C1", POINTS, false);
    linked.setUnderline(XSSFFont.U_SINGLE);
    XSSFCellStyle linking = newBody(ColumnKind.TEXT);
    linking.setFont(linked);
    link = linking;
  }

  /** Number formats that every Excel shows alike, whatever its language. */
  static String format(ColumnKind kind) {
    return switch (kind) {
      case TEXT -> "General";
      case COUNT -> "#,##0";
      case PERCENT -> "0.0%";
      case TIMESTAMP -> "yyyy-mm-dd hh:mm:ss";
      case DATE -> "yyyy-mm-dd";
    };
  }

  CellStyle body(ColumnKind kind) {
    return Objects.requireNonNull(bodies.get(kind), kind.name());
  }

  /** For text wider than its column. */
  CellStyle wrapped() {
    return wrapped;
  }

  /** For text that looks like a formula: it stays text even when a person edits the cell. */
  CellStyle quoted() {
    return quoted;
  }

  CellStyle header(ColumnKind kind) {
    return kind.isNumber() ? numberHeader : textHeader;
  }

  CellStyle title() {
    return title;
  }

  CellStyle note() {
    return note;
  }

  CellStyle link() {
    return link;
  }

  private XSSFCellStyle aligned(XSSFCellStyle style, boolean number) {
    style.setAlignment(number ? HorizontalAlignment.RIGHT : HorizontalAlignment.LEFT);
    style.setIndention((short) 1);
    return style;
  }

  private XSSFCellStyle newBody(ColumnKind kind) {
    XSSFCellStyle style = aligned(workbook.createCellStyle(), kind.isNumber());
    style.setDataFormat(workbook.createDataFormat().getFormat(format(kind)));
    style.setVerticalAlignment(VerticalAlignment.TOP);
    style.setBorderBottom(BorderStyle.THIN);
    style.setBottomBorderColor(color(LINE));
    return style;
  }

  private XSSFCellStyle newHeader(boolean number) {
    XSSFCellStyle style = aligned(plain(font("FFFFFF", POINTS, true)), number);
    style.setFillForegroundColor(color(DARK));
    style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
    style.setVerticalAlignment(VerticalAlignment.CENTER);
    style.setWrapText(true);
    return style;
  }

  private XSSFCellStyle plain(XSSFFont font) {
    XSSFCellStyle style = workbook.createCellStyle();
    style.setFont(font);
    style.setVerticalAlignment(VerticalAlignment.CENTER);
    return style;
  }

  private XSSFFont font(String color, int points, boolean bold) {
    XSSFFont font = workbook.createFont();
    font.setFontName(FONT);
    font.setFontHeightInPoints((short) points);
    font.setBold(bold);
    font.setColor(color(color));
    return font;
  }

  private static XSSFColor color(String rgb) {
    return new XSSFColor(Colours.bytes(rgb));
  }
}
