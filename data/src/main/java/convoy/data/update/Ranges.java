package convoy.data.update;

import convoy.data.version.VersionRange;
import convoy.data.version.VersionRange.Interval;

/** How ranges of versions lie to one another, and to a version. */
final class Ranges {
  private Ranges() {}

  /** Whether every version of the inner range is in the outer one. */
  static boolean covers(VersionRange outer, VersionRange inner) {
    // No two intervals of a range touch, so each has to lie in one.
    return inner.intervals().stream()
        .allMatch(i -> outer.intervals().stream().anyMatch(o -> covers(o, i)));
  }

  private static boolean covers(Interval outer, Interval inner) {
    String high = inner.high();
    return low(outer).compareTo(low(inner)) <= 0
        && (outer.high() == null || (high != null && high.compareTo(outer.high()) <= 0));
  }

  /** Whether the range has something below the version of that key. */
  static boolean reachesBelow(VersionRange range, String key) {
    return range.intervals().stream().anyMatch(i -> low(i).compareTo(key) < 0);
  }

  private static String low(Interval interval) {
    // No key precedes the empty text.
    return interval.low() == null ? "" : interval.low();
  }
}
