package convoy.readers.sheet;

/**
 * Text without the white space around it, also the kinds that cannot be seen: no-break spaces, zero
 * width spaces and byte order marks come along when text is copied from web pages and when files
 * are joined.
 */
public final class Trimmed {
  private Trimmed() {}

  public static String of(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  public static boolean isSpace(char c) {
    if (c > ' ' && c < 0x7F) {
      return false;
    }
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || (c >= '\u200B' && c <= '\u200D')
        || c == '\u2060'
        || c == '\uFEFF';
  }
}
