package convoy.data.version;

import convoy.data.version.VersionRange.Interval;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Comparisons with dotted numbers, in which absent parts are zeros; a prefix is written 2.x. */
final class DottedRangeRules implements RangeRules {
  private static final Pattern WILDCARD =
      Pattern.compile("(?:(\\d{1,18}(?:\\.\\d{1,18}){0,6})\\.)?[xX*]");

  @Override
  public String lowestKey() {
    return "";
  }

  @Override
  public Interval comparison(String operator, String version) throws VersionFormatException {
    Matcher wildcard = WILDCARD.matcher(version);
    if (wildcard.matches() && (operator.isEmpty() || operator.equals("="))) {
      return prefix(wildcard.group(1));
    }
    return switch (operator) {
      case ">=" -> new Interval(key(version), true, null, true);
      case ">" -> new Interval(key(version), false, null, true);
      case "<=" -> new Interval(null, true, key(version), true);
      case "<" -> new Interval(null, true, key(version), false);
      case "^", "~" ->
          throw new VersionFormatException(
              "'%s%s': '%s' has no meaning for dotted numbers: expected a comparison such as >=1.2"
                  .formatted(operator, version, operator));
      default -> hyphen(version, version);
    };
  }

  @Override
  public Interval hyphen(String low, String high) throws VersionFormatException {
    return new Interval(key(low), true, key(high), true);
  }

  private static Interval prefix(@Nullable String prefix) throws VersionFormatException {
    if (prefix == null) {
      return new Interval(null, true, null, true);
    }
    return new Interval(key(prefix), true, keyAfter(prefix), false);
  }

  /** The key of the prefix with its last number one higher. */
  private static String keyAfter(String prefix) {
    String[] parts = prefix.split("\\.", -1);
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      String next = last ? Long.toString(Long.parseLong(parts[i]) + 1) : parts[i];
      key.append(VersionScheme.number(next));
    }
    return key.toString();
  }

  private static String key(String version) throws VersionFormatException {
    return VersionScheme.DOTTED.key(version);
  }
}
