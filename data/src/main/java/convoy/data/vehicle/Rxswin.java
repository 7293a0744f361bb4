package convoy.data.vehicle;

/** The RX Software Identification Number (UN Regulation No. 156, paragraph 2.3). */
public final class Rxswin {
  /** What one looks like, for messages. */
  public static final String EXPECTED = "1 to 50 letters, digits, spaces and . - _ /";

  private static final int MAX_LENGTH = 50;

  private Rxswin() {}

  /** Whether the text can be one. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!AsciiText.isDigit(c)
          && !AsciiText.isUpper(c)
          && !AsciiText.isLower(c)
          && " .-_/".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_LENGTH;
  }
}
