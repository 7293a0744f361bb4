package convoy.data.update;

import convoy.data.error.Nearest;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.version.VersionFormatException;
import convoy.data.version.VersionRange;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules that definitions share. Each throws an {@code IllegalArgumentException} whose message is
 * {@code KEY 'FOUND': expected …}, with the key as the definition's file has it.
 */
public final class DefinitionChecks {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final int MAX_LINE = 200;

  private DefinitionChecks() {}

  /** The rule holds, or what was found is refused with what was expected. */
  public static void check(boolean holds, String key, @Nullable Object found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s '%s': expected %s".formatted(key, found, expected));
    }
  }

  /** The name can be a file name everywhere: lower-case letters, digits and dashes. */
  public static void name(String key, String name) {
    check(
        isName(name),
        key,
        name,
        "a name of at most 64 lower-case letters, digits and dashes such as abs-brake-hold");
  }

  /** Whether a person can be called that: an author, an operator. */
  public static boolean isUserName(String text) {
    return USER_NAME.matcher(text).matches();
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The text is one line that says something. */
  public static void line(String key, String text) {
    boolean oneLine = text.chars().noneMatch(Character::isISOControl);
    check(
        !text.isBlank() && oneLine && text.length() <= MAX_LINE,
        key,
        text,
        "one line of 1 to " + MAX_LINE + " characters");
  }

  /** The list names nothing twice, and nothing blank or with spaces around it. */
  public static void distinct(String key, List<?> items) {
    Set<String> seen = new HashSet<>();
    for (Object item : items) {
      String text = item.toString();
      check(!text.isEmpty() && text.equals(text.strip()), key, text, "text without outer spaces");
      check(seen.add(text), key, text, "each value once");
    }
  }

  /**
   * The module of that name.
   *
   * @throws IllegalArgumentException when the settings have none
   */
  static Module module(ModuleCatalog catalog, String key, String name) {
    return catalog
        .find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s '%s': expected one of the modules in the settings%s"
                        .formatted(
                            key,
                            name,
                            Nearest.to(name.toUpperCase(Locale.ROOT), catalog.codes())
                                .map(code -> ", did you mean '%s'?".formatted(code))
                                .orElse(": " + String.join(", ", catalog.codes())))));
  }

  /**
   * The key of a version of that module.
   *
   * @throws IllegalArgumentException when its scheme cannot read it
   */
  static String versionKey(String key, String version, Module module) {
    try {
      return module.scheme().key(version);
    } catch (VersionFormatException e) {
      throw unreadable(key, module, e);
    }
  }

  /**
   * A range of versions of that module.
   *
   * @throws IllegalArgumentException when its scheme cannot read it
   */
  static VersionRange range(String key, String text, Module module) {
    try {
      return VersionRange.parse(text, module.scheme());
    } catch (VersionFormatException e) {
      throw unreadable(key, module, e);
    }
  }

  private static IllegalArgumentException unreadable(
      String key, Module module, VersionFormatException e) {
    return new IllegalArgumentException(
        "%s (%s): %s".formatted(key, module.code(), e.getMessage()), e);
  }
}
