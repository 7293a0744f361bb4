package convoy.data.version;

/** The key of a decimal number, of which the keys of versions are made. */
final class NumberKey {
  private NumberKey() {}

  /** Its length ('a' for one digit) and its digits: longer is greater, then digits decide. */
  static String of(String digits) {
    String plain = digits.replaceFirst("^0+(?=\\d)", "");
    return (char) ('a' + plain.length() - 1) + plain;
  }
}
