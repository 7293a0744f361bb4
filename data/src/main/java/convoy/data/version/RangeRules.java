package convoy.data.version;

import convoy.data.version.VersionRange.Interval;

/** What comparisons mean under one scheme. */
interface RangeRules {
  /** The key of the lowest version that the scheme can write. */
  String lowestKey();

  /**
   * The versions that a comparison admits, from a key that is a version's on.
   *
   * @param operator one of {@code = > >= < <= ^ ~}, or empty
   * @throws VersionFormatException with what was found and expected, not naming the range
   */
  Interval comparison(String operator, String version) throws VersionFormatException;

  /** The versions of {@code low - high}, both bounds included. */
  Interval hyphen(String low, String high) throws VersionFormatException;
}
