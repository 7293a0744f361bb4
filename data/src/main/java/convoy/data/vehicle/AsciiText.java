package convoy.data.vehicle;

/** Texts of ASCII characters, which nearly all cells are; plain loops, since they run for each. */
final class AsciiText {
  private AsciiText() {}

  /** Whether it is printable ASCII alone, and neither begins nor ends with a space. */
  static boolean isPlain(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return length == 0 || (text.charAt(0) != ' ' && text.charAt(length - 1) != ' ');
  }

  /** Capitals for a to z alone, so that no other letter turns into one of A to Z. */
  static String upper(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isLower(text.charAt(i))) {
        return raised(text);
      }
    }
    return text;
  }

  private static String raised(String text) {
    StringBuilder upper = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isLower(c)) {
        upper.setCharAt(i, (char) (c - 'a' + 'A'));
      }
    }
    return upper.toString();
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }
}
