package convoy.data.version;

import convoy.data.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of the range grammar that all schemes share: alternatives, conjunctions, hyphens. */
final class RangeParser {
  private static final String OPERATOR = ">=|<=|>|<|=|\\^|~";
  private static final Pattern SPACE_AFTER_OPERATOR = Pattern.compile("(" + OPERATOR + ")\\s+");
  private static final Pattern COMPARISON = Pattern.compile("(" + OPERATOR + ")?(.*)");

  private final String text;
  private final SchemeRules rules;

  RangeParser(String text, SchemeRules rules) {
    this.text = text;
    this.rules = rules;
  }

  List<Interval> intervals() throws VersionFormatException {
    List<Interval> alternatives = new ArrayList<>();
    for (String part : text.split("\\|\\|", -1)) {
      alternatives.add(alternative(part.strip()));
    }
    return union(alternatives);
  }

  private Interval alternative(String part) throws VersionFormatException {
    Interval interval;
    try {
      String[] ends = part.split("\\s+-\\s+", -1);
      interval = ends.length == 2 ? rules.hyphen(ends[0], ends[1]) : conjunction(part);
    } catch (VersionFormatException e) {
      throw new VersionFormatException("range '%s': %s".formatted(text, e.getMessage()));
    }
    if (rules.isEmpty(interval)) {
      throw new VersionFormatException(
          "range '%s': '%s' contains no version: expected %s"
              .formatted(text, part, rules.expectedBounds()));
    }
    return interval;
  }

  private Interval conjunction(String part) throws VersionFormatException {
    Interval all = Interval.EVERYTHING;
    String tight = SPACE_AFTER_OPERATOR.matcher(part).replaceAll("$1");
    for (String comparison : tight.split("\\s+", -1)) {
      Matcher m = COMPARISON.matcher(comparison);
      if (!m.matches()) {
        throw new IllegalStateException(comparison);
      }
      String operator = m.group(1) == null ? "" : m.group(1);
      all = intersection(all, rules.comparison(operator, m.group(2)));
    }
    return all;
  }

  private static Interval intersection(Interval a, Interval b) {
    return new Interval(
        LOWS.compare(a, b) >= 0 ? a.low() : b.low(),
        HIGHS.compare(a, b) <= 0 ? a.high() : b.high());
  }

  /** Ascending by lower bound: no bound first. */
  private static final Comparator<Interval> LOWS =
      Comparator.comparing(Interval::low, Comparator.nullsFirst(Comparator.<String>naturalOrder()));

  /** Ascending by upper bound: no bound last. */
  private static final Comparator<Interval> HIGHS =
      Comparator.comparing(Interval::high, Comparator.nullsLast(Comparator.<String>naturalOrder()));

  /** The same versions in ascending intervals that do not touch, so that each matches once. */
  private static List<Interval> union(List<Interval> alternatives) {
    List<Interval> sorted = new ArrayList<>(alternatives);
    sorted.sort(LOWS);
    List<Interval> merged = new ArrayList<>();
    Interval current = sorted.get(0);
    for (Interval next : sorted.subList(1, sorted.size())) {
      if (touch(current.high(), next.low())) {
        Interval high = HIGHS.compare(current, next) >= 0 ? current : next;
        current = new Interval(current.low(), high.high());
      } else {
        merged.add(current);
        current = next;
      }
    }
    merged.add(current);
    return List.copyOf(merged);
  }

  private static boolean touch(@Nullable String high, @Nullable String nextLow) {
    return high == null || nextLow == null || nextLow.compareTo(high) <= 0;
  }
}
