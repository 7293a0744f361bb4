package convoy.data.version;

import convoy.data.error.Nearest;
import convoy.data.version.VersionRange.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Comparisons with releases of a list; a release's key is its place there. */
final class ListedRules implements SchemeRules {
  private final List<String> releases;
  private final Map<String, Integer> places = new HashMap<>();

  ListedRules(List<String> releases) {
    this.releases = releases;
    if (releases.isEmpty()) {
      throw new IllegalArgumentException("releases '[]': expected one or more");
    }
    for (String release : releases) {
      if (places.putIfAbsent(release, places.size()) != null) {
        throw new IllegalArgumentException(
            "releases '%s': expected each release once".formatted(release));
      }
    }
  }

  @Override
  public String expected(String found) {
    return Nearest.to(found, releases)
        .map("a release that the settings list, did you mean '%s'?"::formatted)
        .orElseGet(
            () ->
                "one of the releases that the settings list, %s to %s"
                    .formatted(releases.get(0), releases.get(releases.size() - 1)));
  }

  @Override
  public String key(String version) throws VersionFormatException {
    return keyOfPlace(place(version));
  }

  @Override
  public boolean isEmpty(Interval interval) {
    return places.values().stream().map(ListedRules::keyOfPlace).noneMatch(interval::contains);
  }

  @Override
  public String expectedBounds() {
    return "bounds with a listed release between them";
  }

  @Override
  public Interval comparison(String operator, String version) throws VersionFormatException {
    if (version.equals("*") && operator.isEmpty()) {
      return Interval.EVERYTHING;
    }
    refuseWildcard(version);
    int place = place(version);
    return switch (operator) {
      case ">=" -> new Interval(keyOfPlace(place), null);
      case ">" -> new Interval(keyOfPlace(place + 1), null);
      case "<=" -> new Interval(null, keyOfPlace(place + 1));
      case "<" -> new Interval(null, keyOfPlace(place));
      case "^", "~" ->
          throw new VersionFormatException(
              "'%s%s': '%s' has no meaning for listed releases: expected a comparison such as >=%s"
                  .formatted(operator, version, operator, version));
      default -> new Interval(keyOfPlace(place), keyOfPlace(place + 1));
    };
  }

  @Override
  public Interval hyphen(String low, String high) throws VersionFormatException {
    refuseWildcard(low);
    refuseWildcard(high);
    return new Interval(keyOfPlace(place(low)), keyOfPlace(place(high) + 1));
  }

  /** Releases have no parts that others could share. */
  private void refuseWildcard(String version) throws VersionFormatException {
    boolean wildcard = version.endsWith("*") || version.matches("(?:.*\\.)?[xX]");
    if (wildcard && !places.containsKey(version)) {
      throw new VersionFormatException(
          ("'%s': a part of a version has no meaning for listed releases:"
                  + " expected * alone for all, or comparisons such as >=%s <=%s")
              .formatted(version, releases.get(0), releases.get(releases.size() - 1)));
    }
  }

  private int place(String version) throws VersionFormatException {
    Integer place = places.get(version);
    if (place == null) {
      throw VersionFormatException.of(version, expected(version));
    }
    return place;
  }

  private static String keyOfPlace(int place) {
    return NumberKey.of(Integer.toString(place));
  }
}
