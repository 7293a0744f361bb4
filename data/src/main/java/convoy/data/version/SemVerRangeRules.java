package convoy.data.version;

import convoy.data.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Comparisons with semantic versions and parts of them, as node-semver's "Advanced Range Syntax".
 */
final class SemVerRangeRules implements RangeRules {
  private static final String PART = "(0|[1-9]\\d{0,17}|[xX*])";
  private static final Pattern PARTIAL =
      Pattern.compile(PART + "(?:\\." + PART + "(?:\\." + PART + ")?)?");
  // The identifier 0 as VersionScheme writes it.
  private static final String LOWEST_IDENTIFIER = "0a0!";
  private static final String LOWEST_PRE_RELEASE = "-" + LOWEST_IDENTIFIER;

  /**
   * A version or a part of one.
   *
   * @param low the key of the lowest release that it stands for, or its own key when it is whole
   * @param numbers the numbers before the first {@code x}, at most three
   */
  private record Partial(String low, List<Long> numbers) {
    boolean whole() {
      return numbers.size() == 3;
    }

    int last() {
      return numbers.size() - 1;
    }

    /** The core of the next version in which the number at the index is one higher. */
    String next(int index) {
      StringBuilder core = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        long n = i > index ? 0 : numbers.get(i) + (i == index ? 1 : 0);
        core.append(VersionScheme.number(Long.toString(n)));
      }
      return core.toString();
    }

    /** Before the next version and before its pre-releases. */
    Interval upTo(int index) {
      return new Interval(low, next(index) + LOWEST_PRE_RELEASE);
    }

    /**
     * The key of the version that follows: after a release x.y.z that is x.y.(z+1)-0, after a
     * pre-release p it is p.0 (section 11.4). After 18 nines it is a key that no version has.
     */
    String successor() {
      return low.endsWith("~") ? next(2) + LOWEST_PRE_RELEASE : low + LOWEST_IDENTIFIER;
    }
  }

  @Override
  public String lowestKey() {
    return key("0.0.0-0");
  }

  @Override
  public Interval comparison(String operator, String version) throws VersionFormatException {
    Partial p = partial(version);
    if (p.numbers().isEmpty()) {
      if (!operator.isEmpty()) {
        throw notAVersion(operator + version);
      }
      return Interval.EVERYTHING;
    }
    return switch (operator) {
      case ">=" -> new Interval(p.low(), null);
      case "<" -> new Interval(null, p.low());
      case ">" -> new Interval(p.whole() ? p.successor() : p.next(p.last()) + "~", null);
      case "<=" -> new Interval(null, upper(p).high());
      case "^" -> p.upTo(caret(p));
      case "~" -> p.upTo(Math.min(1, p.last()));
      default -> upper(p);
    };
  }

  @Override
  public Interval hyphen(String low, String high) throws VersionFormatException {
    Partial from = partial(low);
    Partial to = partial(high);
    if (from.numbers().isEmpty() || to.numbers().isEmpty()) {
      throw notAVersion(low + " - " + high);
    }
    return new Interval(from.low(), upper(to).high());
  }

  /** The version alone when it is whole, else all that begin with it. */
  private static Interval upper(Partial p) {
    return p.whole() ? new Interval(p.low(), p.successor()) : p.upTo(p.last());
  }

  /** Which number a caret holds back: the first that is not zero, or the last that is given. */
  private static int caret(Partial p) {
    for (int i = 0; i < p.last(); i++) {
      if (p.numbers().get(i) != 0) {
        return i;
      }
    }
    return p.last();
  }

  private static Partial partial(String text) throws VersionFormatException {
    Matcher whole = VersionScheme.SEMVER_PATTERN.matcher(text);
    if (whole.matches()) {
      List<Long> numbers = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        numbers.add(Long.valueOf(whole.group(i)));
      }
      return new Partial(key(text), numbers);
    }
    Matcher m = PARTIAL.matcher(text);
    if (!m.matches()) {
      throw notAVersion(text);
    }
    List<Long> numbers = new ArrayList<>();
    boolean wildcard = false;
    for (int i = 1; i <= 3; i++) {
      String part = m.group(i);
      boolean number = part != null && Character.isDigit(part.charAt(0));
      if (number && wildcard) {
        throw notAVersion(text);
      }
      if (number) {
        numbers.add(Long.valueOf(part));
      }
      wildcard = !number;
    }
    StringBuilder low = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      low.append(VersionScheme.number(i < numbers.size() ? Long.toString(numbers.get(i)) : "0"));
    }
    return new Partial(low + "~", numbers);
  }

  private static String key(String version) {
    try {
      return VersionScheme.SEMVER.key(version);
    } catch (VersionFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  private static VersionFormatException notAVersion(String found) {
    return new VersionFormatException(
        "'%s': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x"
            .formatted(found));
  }
}
