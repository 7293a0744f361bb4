package convoy.data.version;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of versions, written as node-semver writes its ranges
 * (docs.npmjs.com/cli/v6/using-npm/semver, "Ranges"): comparisons {@code =} {@code >} {@code >=}
 * {@code <} {@code <=} joined by spaces, all of which must hold; {@code ^2.1}, {@code ~2.1.3},
 * {@code 2.x}, {@code *}, {@code 1.2 - 2.0}; and alternatives joined by {@code ||}. A part of a
 * version stands for the versions that begin with it ({@code <=2.1} goes to the end of 2.1), except
 * that {@code >=2} is {@code >=2.0.0} and {@code <2.1} is {@code <2.1.0}.
 *
 * <p>It departs from node-semver in one rule: pre-releases are ordered plainly by precedence
 * (Semantic Versioning 2.0.0 section 11), so that {@code >=2.0.0} contains 2.1.0-rc.1. Only an
 * upper bound that was derived, by {@code ^}, {@code ~}, {@code x} or a part of a version, leaves
 * out the pre-releases of the version after it: {@code 2.x} does not contain 3.0.0-rc.1.
 *
 * <p>Under {@link VersionScheme#DOTTED} absent parts are zeros, so {@code 2} is 2.0.0 and nothing
 * else; prefixes are written {@code 2.x}; {@code ^} and {@code ~} mean nothing and are refused.
 * Under {@link VersionScheme#listed} every bound is a listed release, and prefixes mean nothing
 * either.
 */
public final class VersionRange {
  private final String text;
  private final List<Interval> intervals;

  private VersionRange(String text, List<Interval> intervals) {
    this.text = text;
    this.intervals = intervals;
  }

  /**
   * Neighbouring versions by their keys ({@link VersionScheme#key}): from the lower bound on, and
   * below the upper one. What was written as {@code >} or {@code <=} has the key of the next
   * version there.
   *
   * @param low null when nothing is too low
   * @param high null when nothing is too high
   */
  public record Interval(@Nullable String low, @Nullable String high) {
    static final Interval EVERYTHING = new Interval(null, null);

    /**
     * Whether nothing lies in it, when its lower bound or else {@code lowest} is a version's key.
     */
    boolean isEmpty(String lowest) {
      return high != null && (low == null ? lowest : low).compareTo(high) >= 0;
    }

    /** Whether the version with that key lies in it. */
    public boolean contains(String key) {
      return (low == null || key.compareTo(low) >= 0) && (high == null || key.compareTo(high) < 0);
    }
  }

  /**
   * Reads a range.
   *
   * @throws VersionFormatException when the text is not a range of that scheme, or when one of its
   *     alternatives can contain no version
   */
  public static VersionRange parse(String text, VersionScheme scheme)
      throws VersionFormatException {
    return new VersionRange(text, new RangeParser(text, scheme.rules()).intervals());
  }

  /** Whether the version with that key is in the range. */
  public boolean contains(String key) {
    return intervals.stream().anyMatch(interval -> interval.contains(key));
  }

  /** The range as intervals of keys: at least one, ascending, none touching another. */
  public List<Interval> intervals() {
    return intervals;
  }

  /** The range as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
