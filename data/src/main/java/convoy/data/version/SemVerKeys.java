package convoy.data.version;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of semantic versions, in the order of Semantic Versioning 2.0.0 section 11. */
final class SemVerKeys {
  private static final String NUMERIC = "(0|[1-9]\\d{0,17})";
  private static final String PRE_ID = "(?:0|[1-9]\\d{0,17}|\\d*[A-Za-z-][0-9A-Za-z-]*)";
  private static final Pattern VERSION =
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

  /** The identifier 0, the lowest that can follow others. */
  static final String LOWEST_IDENTIFIER = preRelease("0");

  /** What follows the core in the key of its lowest pre-release. */
  static final String LOWEST_PRE_RELEASE = "-" + LOWEST_IDENTIFIER;

  /** The key of 0.0.0-0. */
  static final String LOWEST = "a0a0a0" + LOWEST_PRE_RELEASE;

  // '~' sorts after every key character, so a release follows its own pre-releases (11.3).
  static final String RELEASE = "~";

  private SemVerKeys() {}

  /** Its groups are the three numbers and the pre-release, which may be absent. */
  static Optional<Matcher> read(String version) {
    Matcher m = VERSION.matcher(version);
    return m.matches() ? Optional.of(m) : Optional.empty();
  }

  /** The key of a version that was read. */
  static String key(Matcher m) {
    String core = NumberKey.of(m.group(1)) + NumberKey.of(m.group(2)) + NumberKey.of(m.group(3));
    String pre = m.group(4);
    return core + (pre == null ? RELEASE : "-" + preRelease(pre));
  }

  /**
   * Section 11.4: identifier by identifier, numeric below alphanumeric, fewer fields below more.
   */
  private static String preRelease(String pre) {
    StringBuilder key = new StringBuilder();
    for (String id : pre.split("\\.", -1)) {
      boolean numeric = id.chars().allMatch(c -> c >= '0' && c <= '9');
      // '!' sorts before every identifier character, so a prefix precedes what extends it.
      key.append(numeric ? "0" + NumberKey.of(id) : "1" + id).append('!');
    }
    return key.toString();
  }
}
