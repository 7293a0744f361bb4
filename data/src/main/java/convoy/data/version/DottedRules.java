package convoy.data.version;

import convoy.data.version.VersionRange.Interval;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Comparisons with dotted numbers, in which absent parts are zeros; a prefix is written 2.x. */
final class DottedRules implements SchemeRules {
  private static final int PARTS = 8;
  private static final Pattern VERSION = Pattern.compile("\\d{1,18}(?:\\.\\d{1,18}){0,7}");
  private static final Pattern WILDCARD =
      Pattern.compile("(?:(\\d{1,18}(?:\\.\\d{1,18}){0,6})\\.)?[xX*]");

  @Override
  public String expected(String found) {
    return "dotted numbers such as 05.12.00";
  }

  /** Without the zeros at its end, so that equal versions have equal keys. */
  @Override
  public String key(String version) throws VersionFormatException {
    if (!VERSION.matcher(version).matches()) {
      throw VersionFormatException.of(version, expected(version));
    }
    StringBuilder key = new StringBuilder();
    int significant = 0;
    for (String part : version.split("\\.", -1)) {
      key.append(NumberKey.of(part));
      if (!part.chars().allMatch(c -> c == '0')) {
        significant = key.length();
      }
    }
    key.setLength(significant);
    return key.toString();
  }

  @Override
  public boolean isEmpty(Interval interval) {
    return interval.isEmpty("");
  }

  @Override
  public String expectedBounds() {
    return "a lower bound below the upper one";
  }

  @Override
  public Interval comparison(String operator, String version) throws VersionFormatException {
    Matcher wildcard = WILDCARD.matcher(version);
    if (wildcard.matches() && (operator.isEmpty() || operator.equals("="))) {
      return prefix(wildcard.group(1));
    }
    return switch (operator) {
      case ">=" -> new Interval(key(version), null);
      case ">" -> new Interval(successor(version), null);
      case "<=" -> new Interval(null, successor(version));
      case "<" -> new Interval(null, key(version));
      case "^", "~" ->
          throw new VersionFormatException(
              "'%s%s': '%s' has no meaning for dotted numbers: expected a comparison such as >=1.2"
                  .formatted(operator, version, operator));
      default -> hyphen(version, version);
    };
  }

  @Override
  public Interval hyphen(String low, String high) throws VersionFormatException {
    return new Interval(key(low), successor(high));
  }

  private Interval prefix(@Nullable String prefix) throws VersionFormatException {
    if (prefix == null) {
      return Interval.EVERYTHING;
    }
    return new Interval(key(prefix), keyAfter(prefix));
  }

  /** The key of the prefix with its last number one higher. */
  private static String keyAfter(String prefix) {
    String[] parts = prefix.split("\\.", -1);
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      String next = last ? Long.toString(Long.parseLong(parts[i]) + 1) : parts[i];
      key.append(NumberKey.of(next));
    }
    return key.toString();
  }

  /**
   * The key of the next version: one more in the last of all the numbers that a version can have.
   */
  private String successor(String version) throws VersionFormatException {
    key(version);
    int parts = version.split("\\.", -1).length;
    return keyAfter(version + ".0".repeat(PARTS - parts));
  }
}
