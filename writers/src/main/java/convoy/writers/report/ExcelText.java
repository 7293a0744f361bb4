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

  /** The text's width in digits of the standard font: ideographs and the like take two. */
  static int width(String text) {
    int widest = 0;
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        widest = Math.max(widest, width);
        width = 0;
      } else if (!Character.isLowSurrogate(c)) {
        width += c >= '\u1100' ? 2 : 1;
      }
    }
    return Math.max(widest, width);
  }
}
