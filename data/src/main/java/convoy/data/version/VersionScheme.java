package convoy.data.version;

import java.util.List;

/**
 * How a module's software versions are written. {@link #key} turns a version once, on the way in,
 * into a text whose plain byte order is the version order, so that SQL compares keys.
 */
public final class VersionScheme {
  /** Semantic Versioning 2.0.0; precedence as its section 11, build metadata ignored. */
  public static final VersionScheme SEMVER =
      new VersionScheme("SEMVER", List.of(), new SemVerRules());

  /**
   * One to eight dotted decimal numbers, leading zeros allowed, absent parts are zero: {@code
   * 05.12.00}.
   */
  public static final VersionScheme DOTTED =
      new VersionScheme("DOTTED", List.of(), new DottedRules());

  private static final String LISTED = "LISTED";

  /** Longer than any real version; the patterns recurse once for each identifier. */
  private static final int MAX_LENGTH = 256;

  private final String name;
  private final List<String> releases;
  private final SchemeRules rules;

  private VersionScheme(String name, List<String> releases, SchemeRules rules) {
    this.name = name;
    this.releases = releases;
    this.rules = rules;
  }

  /**
   * The scheme of a module whose releases have names that say nothing of their order.
   *
   * @param releases all of them, the oldest first
   * @throws IllegalArgumentException when there is none, or one stands twice
   */
  public static VersionScheme listed(List<String> releases) {
    List<String> copy = List.copyOf(releases);
    return new VersionScheme(LISTED, copy, new ListedRules(copy));
  }

  /**
   * The scheme of that name.
   *
   * @param releases those of LISTED, the oldest first; empty for the others
   * @throws IllegalArgumentException when there is no such scheme, or the releases are not its own
   */
  public static VersionScheme of(String name, List<String> releases) {
    if (name.equals(LISTED)) {
      return listed(releases);
    }
    if (!releases.isEmpty()) {
      throw new IllegalArgumentException(
          "releases %s: expected none with scheme %s".formatted(releases, name));
    }
    return switch (name) {
      case "SEMVER" -> SEMVER;
      case "DOTTED" -> DOTTED;
      default ->
          throw new IllegalArgumentException(
              "scheme '%s': expected SEMVER, DOTTED or LISTED".formatted(name));
    };
  }

  /** SEMVER, DOTTED or LISTED. */
  public String name() {
    return name;
  }

  /** The releases of LISTED, the oldest first; empty for the others. */
  public List<String> releases() {
    return releases;
  }

  /**
   * Whether the keys that a module's versions got earlier, under that scheme, are those that they
   * would get now. A list may grow at its end.
   */
  public boolean keepsKeysOf(String earlierName, List<String> earlierReleases) {
    // A list without releases has given no keys; whoever wrote that down is not to be believed.
    return name.equals(earlierName)
        && name.equals(LISTED) != earlierReleases.isEmpty()
        && earlierReleases.size() <= releases.size()
        && releases.subList(0, earlierReleases.size()).equals(earlierReleases);
  }

  /** What was expected in place of that text, for messages: "a version such as 2.1.0". */
  public String expected(String found) {
    return rules.expected(found);
  }

  /**
   * The order-preserving key: for versions a and b of this scheme, a precedes b exactly when key(a)
   * precedes key(b) in the order of their UTF-8 bytes, and they have equal precedence exactly when
   * the keys are equal.
   *
   * @throws VersionFormatException when the text is not a version of this scheme
   */
  public String key(String version) throws VersionFormatException {
    if (version.length() > MAX_LENGTH) {
      throw new VersionFormatException(
          "'%s...' (%d characters): expected at most %d"
              .formatted(version.substring(0, MAX_LENGTH), version.length(), MAX_LENGTH));
    }
    return rules.key(version);
  }

  SchemeRules rules() {
    return rules;
  }

  @Override
  public String toString() {
    return name;
  }
}
