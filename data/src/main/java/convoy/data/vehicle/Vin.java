package convoy.data.vehicle;

/**
 * The vehicle identification number: 17 characters, ISO 3779, of digits and capital letters without
 * I, O and Q. The check digit in position 9 is that of 49 CFR 565.15(c), which ISO 3779 leaves to
 * the maker.
 */
public final class Vin {
  public static final int LENGTH = 17;

  private static final int CHECK_POSITION = 8;
  private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  // The value of A to Z; -1 marks I, O and Q, which a VIN never contains.
  private static final int[] LETTER_VALUES = {
    1, 2, 3, 4, 5, 6, 7, 8, -1, 1, 2, 3, 4, 5, -1, 7, -1, 9, 2, 3, 4, 5, 6, 7, 8, 9
  };

  private Vin() {}

  /** Whether the text is 17 characters of the VIN alphabet; the check digit is not looked at. */
  public static boolean isWellFormed(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (value(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the character is one of the VIN alphabet. */
  public static boolean isAllowed(char c) {
    return value(c) >= 0;
  }

  /**
   * The check digit that belongs in position 9, {@code 0} to {@code 9} or {@code X}; what stands
   * there now is ignored.
   *
   * @param vin a well-formed VIN
   * @throws IllegalArgumentException when it is not well-formed
   */
  public static char checkDigit(String vin) {
    if (!isWellFormed(vin)) {
      throw new IllegalArgumentException("not a VIN: '" + vin + "'");
    }
    int sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      sum += WEIGHTS[i] * value(vin.charAt(i));
    }
    int rest = sum % 11;
    return rest == 10 ? 'X' : (char) ('0' + rest);
  }

  /** Whether position 9 holds the right check digit. */
  public static boolean hasValidCheckDigit(String vin) {
    return vin.charAt(CHECK_POSITION) == checkDigit(vin);
  }

  /** The same VIN with the right check digit in position 9. */
  public static String withCheckDigit(String vin) {
    return vin.substring(0, CHECK_POSITION) + checkDigit(vin) + vin.substring(CHECK_POSITION + 1);
  }

  private static int value(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'A' && c <= 'Z' ? LETTER_VALUES[c - 'A'] : -1;
  }
}
