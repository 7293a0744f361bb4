package convoy.writers.report;

import java.util.regex.Pattern;

/** Text as a cell of an Excel workbook can hold it. */
final class ExcelText {
  /** The most characters that Excel allows in one cell. */
  static final int MOST_CHARACTERS = 32_767;

  private static final String CUT = " … (cut here; the CSV file has the whole text)";

  /**
   * ECMA-376 part 1, section 22.9.2.19 (ST_Xstring): {@code _xHHHH_} stands for a character, so
   * text that merely looks like it has its underscore escaped.
   */
  private static final Pattern ESCAPE_LOOKALIKE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

  private ExcelText() {}

  /** The text to hand to the workbook; text too long for a cell is cut and says so. */
  static String of(String text) {
    String escaped =
        text.contains("_x") ? ESCAPE_LOOKALIKE.matcher(text).replaceAll("_x005F_") : text;
    if (escaped.length() <= MOST_CHARACTERS) {
      return escaped;
    }
    int end = MOST_CHARACTERS - CUT.length();
    if (Character.isHighSurrogate(escaped.charAt(end - 1))) {
      end--;
    }
    return escaped.substring(0, end) + CUT;
  }

  /**
   * The text's width, in digits of a proportional font: capitals are about a third wider than
   * digits, ideographs and the like twice as wide.
   */
  static int width(String text) {
    int widest = 0;
    for (String line : text.split("\n", -1)) {
      widest = Math.max(widest, (line.chars().map(ExcelText::tenths).sum() + 9) / 10);
    }
    return widest;
  }

  private static int tenths(int character) {
    if (Character.isLowSurrogate((char) character)) {
      return 0;
    }
    if (character >= '\u1100') {
      return 20;
    }
    return Character.isUpperCase(character) ? 13 : 10;
  }

  /** How many lines the text takes in a column of so many digits' width, about. */
  static int lines(String text, int columnWidth) {
    int lines = 0;
    for (String line : text.split("\n", -1)) {
      lines += Math.max(1, (width(line) + columnWidth - 1) / columnWidth);
    }
    return lines;
  }
}
