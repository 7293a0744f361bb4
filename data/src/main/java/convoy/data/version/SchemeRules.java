package convoy.data.version;

import convoy.data.version.VersionRange.Interval;

/** How versions are read under one scheme, and what comparisons mean. */
interface SchemeRules {
  /** What was expected in place of that text, for messages: "a version such as 2.1.0". */
  String expected(String found);

  /**
   * The key of a version.
   *
   * @throws VersionFormatException when the text is not a version of this scheme
   */
  String key(String version) throws VersionFormatException;

  /** Whether no version lies in the interval, whose lower bound, if any, is one of these rules. */
  boolean isEmpty(Interval interval);

  /** What would not be empty, for messages. */
  String expectedBounds();

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
