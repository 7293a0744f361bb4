package convoy.readers.profile;

import java.util.regex.Pattern;

/**
 * A pattern for file names: {@code *} stands for any characters, {@code ?} for one; case does not
 * matter.
 *
 * @param text as it was written
 */
record FilePattern(String text, Pattern regex) {
  /** Called by the YAML reader. */
  public static FilePattern parse(String text) {
    if (text.isBlank() || text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "'%s': expected a pattern for a file name without its folder, such as wob-*.csv"
              .formatted(text));
    }
    return new FilePattern(text, compile(regex(text)));
  }

  static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  /** The regular expression of a pattern. */
  static String regex(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return regex.toString();
  }

  boolean fits(String fileName) {
    return regex.matcher(fileName).matches();
  }

  /** Whether it can stand for one name only. */
  boolean isOneName() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }
}
