package convoy.scheduler.cli;

/** Text from input files on a terminal: nothing in it may move the cursor or hide what it says. */
final class ScreenText {
  private ScreenText() {}

  /** The text on one line, cut to so many characters, with control characters spelled out. */
  static String of(String text, int most) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), most) + 8);
    int length = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (length++ == most) {
        return shown.append('…').toString();
      }
      int c = text.codePointAt(i);
      switch (c) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        default -> {
          if (isHidden(c)) {
            shown.append("\\u%04X".formatted(c));
          } else {
            shown.appendCodePoint(c);
          }
        }
      }
    }
    return shown.toString();
  }

  private static boolean isHidden(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
