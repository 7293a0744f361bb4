package convoy.data.version;

import convoy.data.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Comparisons with semantic versions and parts of them, as node-semver's "Advanced Range Syntax".
 */
final class SemVerRules implements SchemeRules {
  private static final String PART = "(0|[1-9]\\d{0,17}|[xX*])";
  private static final Pattern PARTIAL =
      Pattern.compile(PART + "(?:\\." + PART + "(?:\\." + PART + ")?)?");

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
        core.append(NumberKey.of(Long.toString(n)));
      }
      return core.toString();
    }

    /** Before the next version and before its pre-releases. */
    Interval upTo(int index) {
      return new Interval(low, next(index) + SemVerKeys.LOWEST_PRE_RELEASE);
    }

    /**
     * The key of the version that follows: after a release x.y.z that is x.y.(z+1)-0, after a
     * pre-release p it is p.0 (section 11.4). After 18 nines it is a key that no version has.
     */
    String successor() {
      return low.endsWith(SemVerKeys.RELEASE)
          ? next(2) + SemVerKeys.LOWEST_PRE_RELEASE
          : low + SemVerKeys.LOWEST_IDENTIFIER;
    }
  }

  @Override
  public String expected(String found) {
    return "a version such as 2.1.0";
  }

  @Override
  public String key(String version) throws VersionFormatException {
    return SemVerKeys.key(
        SemVerKeys.read(version)
            .orElseThrow(() -> VersionFormatException.of(version, expected(version))));
  }

  @Override
  public boolean isEmpty(Interval interval) {
    return interval.isEmpty(SemVerKeys.LOWEST);
  }

  @Override
  public String expectedBounds() {
    return "a lower bound below the upper one";
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
      case ">" ->
          new Interval(p.whole() ? p.successor() : p.next(p.last()) + SemVerKeys.RELEASE, null);
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
    Optional<Matcher> whole = SemVerKeys.read(text);
    if (whole.isPresent()) {
      List<Long> numbers = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        numbers.add(Long.valueOf(whole.get().group(i)));
      }
      return new Partial(SemVerKeys.key(whole.get()), numbers);
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
      low.append(NumberKey.of(i < numbers.size() ? Long.toString(numbers.get(i)) : "0"));
    }
    return new Partial(low + SemVerKeys.RELEASE, numbers);
  }

  private static VersionFormatException notAVersion(String found) {
    return VersionFormatException.of(
        found, "a version such as 2.1.0, or a part of one such as 2.1 or 2.x");
  }
}
