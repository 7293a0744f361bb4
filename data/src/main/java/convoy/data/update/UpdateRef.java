package convoy.data.update;

import java.util.regex.Pattern;

/**
 * Names one update, as {@code abs-brake-hold 2.1.0}.
 *
 * @param name lower-case letters, digits and dashes
 * @param version the update's own version, ordered by nothing: two texts that differ are two
 *     updates
 */
public record UpdateRef(String name, String version) {
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}");

  public UpdateRef {
    check(name, version);
  }

  static void check(String name, String version) {
    DefinitionChecks.name("update", name);
    DefinitionChecks.check(
        VERSION.matcher(version).matches(), "version", version, "a version such as 2.1.0");
  }

  /**
   * Reads the name and the version with one space between them.
   *
   * @throws IllegalArgumentException when the text is anything else; the message begins with the
   *     text in quotes
   */
  public static UpdateRef parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length == 2
        && DefinitionChecks.isName(parts[0])
        && VERSION.matcher(parts[1]).matches()) {
      return new UpdateRef(parts[0], parts[1]);
    }
    throw new IllegalArgumentException(
        "'%s': expected an update's name and version such as abs-brake-hold 2.1.0".formatted(text));
  }

  @Override
  public String toString() {
    return name + " " + version;
  }
}
