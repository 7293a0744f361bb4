package convoy.readers.export;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.model.SharedStrings;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.jspecify.annotations.Nullable;

/**
 * A workbook's cell as text (ECMA-376 part 1, 18.3.1.4 and 18.18.11): dates as ISO 8601, numbers
 * plain with the 15 digits that Excel keeps, a formula as the value stored with it.
 */
final class CellText {
  // Text in quotes, colours and conditions in brackets, and escaped characters show no time.
  private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|\\[[^\\]]{2,}]|\\\\.");
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private enum Shape {
    NUMBER,
    DATE,
    DATE_TIME
  }

  private final SharedStrings strings;
  private final Shape[] shapes;
  private final boolean from1904;

  /**
   * @param from1904 whether days count from 1904, as in workbooks from old Macs
   */
  CellText(SharedStrings strings, StylesTable styles, boolean from1904) {
    this.strings = strings;
    this.from1904 = from1904;
    this.shapes = new Shape[styles.getNumCellStyles()];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] = shape(styles.getStyleAt(i));
    }
  }

  private static Shape shape(@Nullable XSSFCellStyle style) {
    if (style == null) {
      return Shape.NUMBER;
    }
    String format = style.getDataFormatString();
    String shown = LITERAL.matcher(format == null ? "" : format).replaceAll("");
    if (!DateUtil.isADateFormat(style.getDataFormat(), shown)) {
      return Shape.NUMBER;
    }
    return shown.chars().anyMatch(c -> "hHsS".indexOf(c) >= 0) ? Shape.DATE_TIME : Shape.DATE;
  }

  /**
   * The text of a cell.
   *
   * @param type the cell's type as in the file, null for a number
   * @param style the index of its style
   * @param value its stored value; for an inline string, the string
   */
  String of(@Nullable String type, int style, String value) {
    return switch (type == null ? "n" : type) {
      case "n" -> value.isEmpty() ? "" : number(style, value.strip());
      case "s" -> strings.getItemAt(Integer.parseInt(value.strip())).getString();
      case "b" -> Xml.isTrue(value.strip()) ? "TRUE" : "FALSE";
      case "str", "inlineStr" ->
          // _x000D_ is how a workbook writes a character that XML cannot hold.
          value.contains("_x") ? new XSSFRichTextString(value).getString() : value;
      default -> value;
    };
  }

  private String number(int style, String value) {
    double number;
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return value;
    }
    Shape shape = style >= 0 && style < shapes.length ? shapes[style] : Shape.NUMBER;
    if (shape != Shape.NUMBER && DateUtil.isValidExcelDate(number)) {
      LocalDateTime time = DateUtil.getLocalDateTime(number, from1904, true);
      return shape == Shape.DATE && time.toLocalTime().equals(LocalTime.MIDNIGHT)
          ? time.toLocalDate().toString()
          : DATE_TIME.format(time);
    }
    if (Double.isInfinite(number) || Double.isNaN(number)) {
      return value;
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(15));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
