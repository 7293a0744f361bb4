package convoy.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of single settings; messages begin with the key, so that its place can be found. */
final class Checks {
  private static final Pattern MODULE_CODE = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final Pattern VIN_PREFIX = Pattern.compile("[A-HJ-NPR-Z0-9]{1,3}");

  // Without blanks and operators, so that ranges can name it.
  private static final Pattern RELEASE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._/+-]{0,63}");

  private Checks() {}

  static void check(boolean holds, String key, @Nullable Object found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s '%s': expected %s".formatted(key, found, expected));
    }
  }

  static void between(String key, long value, long low, long high) {
    check(value >= low && value <= high, key, value, low + " to " + high);
  }

  static void notNegative(String key, Duration value) {
    check(!value.isNegative(), key, value, "PT0S or more");
  }

  static void wholeSeconds(String key, Duration value) {
    check(
        value.getSeconds() > 0 && value.getNano() == 0,
        key,
        value,
        "whole seconds, more than none");
  }

  /** World manufacturer identifiers (ISO 3780) or the beginnings of some. */
  static void vinPrefixes(String key, List<String> prefixes) {
    for (String prefix : prefixes) {
      check(
          VIN_PREFIX.matcher(prefix).matches(),
          key,
          prefix,
          "how VINs begin: one to three capitals or digits, without I, O and Q");
    }
  }

  static boolean isUri(String text) {
    try {
      return !new URI(text).toString().isEmpty();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Each module's code is in shape and no name stands for two modules. */
  static void moduleNames(Map<String, ConvoySettings.Module> modules) {
    Map<String, String> owners = new HashMap<>();
    modules.forEach(
        (code, module) -> {
          check(
              MODULE_CODE.matcher(code).matches(),
              "modules",
              code,
              "a code of capitals, digits and '_' such as GATEWAY");
          claim(owners, code, code);
          module.also().forEach(name -> claim(owners, name, code));
        });
  }

  /** Releases stand with the scheme LISTED and with no other, each once. */
  static void releases(ModuleScheme scheme, @Nullable List<String> releases) {
    if (scheme != ModuleScheme.LISTED) {
      check(releases == null, "releases", releases, "none with the scheme " + scheme);
      return;
    }
    if (releases == null) {
      throw new IllegalArgumentException(
          "scheme 'LISTED': expected the key 'releases' beside it, with all releases in order");
    }
    check(!releases.isEmpty(), "releases", "[]", "one or more, the oldest first");
    Set<String> seen = new HashSet<>();
    for (String release : releases) {
      check(
          RELEASE.matcher(release).matches() && !release.equalsIgnoreCase("x"),
          "releases",
          release,
          "1 to 64 letters, digits, '.', '_', '/', '+' and '-', beginning with a letter or digit,"
              + " and not x alone");
      check(seen.add(release), "releases", release, "each release once");
    }
  }

  /** Each module that a powertrain rules out exists, and stands once beside it. */
  static void impossible(List<ConvoySettings.Impossible> pairs, Set<String> modules) {
    Set<ConvoySettings.Impossible> seen = new HashSet<>();
    for (ConvoySettings.Impossible pair : pairs) {
      check(
          modules.contains(pair.module()),
          "audit",
          pair.module(),
          "under impossible a code of modules: " + String.join(", ", new TreeSet<>(modules)));
      check(
          seen.add(pair),
          "audit",
          pair.powertrain() + " " + pair.module(),
          "once under impossible");
    }
  }

  private static void claim(Map<String, String> owners, String name, String code) {
    check(!plain(name).isEmpty(), "modules", name, "a name of letters or digits for " + code);
    String other = owners.putIfAbsent(plain(name), code);
    if (other != null && !other.equals(code)) {
      throw new IllegalArgumentException(
          "modules '%s': stands for both %s and %s: expected one of them"
              .formatted(name, other, code));
    }
  }

  /** Names are compared without regard to case, spaces, dashes and underscores. */
  private static String plain(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[\\s_-]+", "");
  }
}
