package convoy.readers.sheet;

import convoy.readers.sheet.CellFormats.Format;
import convoy.readers.sheet.CellFormats.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.jspecify.annotations.Nullable;

/**
 * A workbook's cell as text (ECMA-376 part 1, 18.3.1.4 and 18.18.11): dates as ISO 8601, numbers
 * plain with the 15 digits that Excel keeps, a formula as the value stored with it.
 */
final class CellText {
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 3, true)
          .toFormatter(Locale.ROOT);
  private static final BigDecimal EXACT_BELOW = BigDecimal.TEN.pow(15);

  private final SharedTexts texts;
  private final CellFormats formats;
  private final boolean from1904;
  private final Workbook.Times times;

  /**
   * @param from1904 whether days count from 1904, as in workbooks from old Macs
   */
  CellText(SharedTexts texts, CellFormats formats, boolean from1904, Workbook.Times times) {
    this.texts = texts;
    this.formats = formats;
    this.from1904 = from1904;
    this.times = times;
  }

  /**
   * The cell.
   *
   * @param type the cell's type as in the file, null for a number
   * @param style the index of its style
   * @param value its stored value, not empty; for an inline string, the string
   */
  Cell of(@Nullable String type, int style, String value) {
    return switch (type == null ? "n" : type) {
      case "n" -> number(formats.get(style), value.strip());
      case "s" -> Cell.of(unescaped(texts.get(Integer.parseInt(value.strip()))));
      case "b" -> Cell.of(Xml.isTrue(value.strip()) ? "TRUE" : "FALSE");
      case "str", "inlineStr" -> Cell.of(unescaped(value));
      case "e" -> new Cell(value.strip(), "a value, not the error of a formula");
      default -> Cell.of(value);
    };
  }

  /** _x000D_ is how a workbook writes a character that XML cannot hold. */
  private static String unescaped(String text) {
    return text.contains("_x") ? new XSSFRichTextString(text).getString() : text;
  }

  private Cell number(Format format, String value) {
    double number;
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return Cell.of(value);
    }
    if (format.shape() != Shape.NUMBER && DateUtil.isValidExcelDate(number)) {
      LocalDateTime time =
          DateUtil.getLocalDateTime(number, from1904, times == Workbook.Times.SECONDS);
      return Cell.of(
          format.shape() == Shape.DATE && time.toLocalTime().equals(LocalTime.MIDNIGHT)
              ? time.toLocalDate().toString()
              : DATE_TIME.format(time));
    }
    if (Double.isInfinite(number) || Double.isNaN(number)) {
      return Cell.of(value);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(15));
    String plain = rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    if (rounded.abs().compareTo(EXACT_BELOW) >= 0) {
      return new Cell(
          plain, "text: a cell with a number keeps 15 digits, and the last ones are lost");
    }
    boolean isWhole = plain.indexOf('.') < 0 && plain.charAt(0) != '-';
    int missing = format.digits() - plain.length();
    return Cell.of(isWhole && missing > 0 ? "0".repeat(missing) + plain : plain);
  }
}
