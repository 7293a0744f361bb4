package convoy.data.version;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a module's software versions are written. {@link #key} turns a version once, on the way in,
 * into a text whose plain byte order is the version order, so that SQL compares keys.
 */
public enum VersionScheme {
  /** Semantic Versioning 2.0.0; precedence as its section 11, build metadata ignored. */
  SEMVER("a version such as 2.1.0") {
    @Override
    String keyOf(Matcher m) {
      String core = number(m.group(1)) + number(m.group(2)) + number(m.group(3));
      String pre = m.group(4);
      // '~' sorts after every key character, so a release follows its own pre-releases (11.3).
      return pre == null ? core + "~" : core + "-" + preRelease(pre);
    }

    @Override
    Pattern pattern() {
      return SEMVER_PATTERN;
    }
  },
  /**
   * One to eight dotted decimal numbers, leading zeros allowed, absent parts are zero: {@code
   * 05.12.00}.
   */
  DOTTED("dotted numbers such as 05.12.00") {
    @Override
    String keyOf(Matcher m) {
      StringBuilder key = new StringBuilder();
      int significant = 0;
      for (String part : m.group().split("\\.", -1)) {
        key.append(number(part));
        if (!part.chars().allMatch(c -> c == '0')) {
          significant = key.length();
        }
      }
      key.setLength(significant);
      return key.toString();
    }

    @Override
    Pattern pattern() {
      return DOTTED_PATTERN;
    }
  };

  /** Longer than any real version; the patterns recurse once for each identifier. */
  private static final int MAX_LENGTH = 256;

  private static final String NUMERIC = "(0|[1-9]\\d{0,17})";
  private static final String PRE_ID = "(?:0|[1-9]\\d{0,17}|\\d*[A-Za-z-][0-9A-Za-z-]*)";
  static final Pattern SEMVER_PATTERN =
      Pattern.compile(
          NUMERIC
              + "\\."
              + NUMERIC
              + "\\."
              + NUMERIC
              + "(?:-("
              + PRE_ID
              + "(?:\\."
              + PRE_ID
              + ")*))?"
              + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");
  static final int DOTTED_PARTS = 8;
  static final Pattern DOTTED_PATTERN = Pattern.compile("\\d{1,18}(?:\\.\\d{1,18}){0,7}");

  private final String expected;

  VersionScheme(String expected) {
    this.expected = expected;
  }

  abstract Pattern pattern();

  abstract String keyOf(Matcher m);

  /** What a version of this scheme looks like, for messages: "a version such as 2.1.0". */
  public String expected() {
    return expected;
  }

  /**
   * The order-preserving key: for versions a and b of this scheme, a precedes b exactly when key(a)
   * precedes key(b) in the order of their UTF-8 bytes, and they have equal precedence exactly when
   * the keys are equal.
   *
   * @throws VersionFormatException when the text is not a version of this scheme
   */
  public String key(String version) throws VersionFormatException {
    if (version.length() > MAX_LENGTH) {
      throw new VersionFormatException(
          "'%s...' (%d characters): expected at most %d"
              .formatted(version.substring(0, MAX_LENGTH), version.length(), MAX_LENGTH));
    }
    Matcher m = pattern().matcher(version);
    if (!m.matches()) {
      throw new VersionFormatException("'%s': expected %s".formatted(version, expected));
    }
    return keyOf(m);
  }

  /**
   * A decimal number as its length ('a' for one digit) and its digits: longer is greater, then
   * digits decide.
   */
  static String number(String digits) {
    String plain = digits.replaceFirst("^0+(?=\\d)", "");
    return (char) ('a' + plain.length() - 1) + plain;
  }

  /**
   * Section 11.4: identifier by identifier, numeric below alphanumeric, fewer fields below more.
   */
  private static String preRelease(String pre) {
    StringBuilder key = new StringBuilder();
    for (String id : pre.split("\\.", -1)) {
      boolean numeric = id.chars().allMatch(c -> c >= '0' && c <= '9');
      // '!' sorts before every identifier character, so a prefix precedes what extends it.
      key.append(numeric ? "0" + number(id) : "1" + id).append('!');
    }
    return key.toString();
  }
}
