package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.version.VersionFormatException;
import convoy.data.version.VersionRange;
import java.util.Locale;

/**
 * What an update asks of an ECU that it may not change itself, written {@code GATEWAY >=1.4.0}.
 *
 * @param module the module's code
 * @param range the versions that the vehicle must have there, or must not have
 */
public record UpdateCondition(Kind kind, String module, String range) {

  /** What the range says. */
  public enum Kind {
    /** The vehicle has the module, with a version in the range. */
    REQUIRES,
    /** The vehicle has no such version of the module. */
    CONFLICTS;

    /** As a definition has it. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads a module and a range with spaces between them.
   *
   * @throws IllegalArgumentException when one of them is missing
   */
  public static UpdateCondition parse(Kind kind, String text) {
    String[] parts = text.strip().split("\\s+", 2);
    check(parts.length == 2, kind.key(), text, "a module and a range such as GATEWAY >=1.4.0");
    return new UpdateCondition(kind, parts[0], parts[1]);
  }

  /**
   * The same condition with the module's code in place of a synonym.
   *
   * @throws IllegalArgumentException when the module is not known, or the range cannot be read
   *     under its scheme
   */
  public UpdateCondition checked(ModuleCatalog catalog) {
    versions(catalog);
    return new UpdateCondition(kind, known(catalog).code(), range);
  }

  /**
   * The versions that the range means under the module's scheme.
   *
   * @throws IllegalArgumentException when it is not a range, or the module is not known
   */
  public VersionRange versions(ModuleCatalog catalog) {
    Module known = known(catalog);
    try {
      return VersionRange.parse(range, known.scheme());
    } catch (VersionFormatException e) {
      throw new IllegalArgumentException(
          "%s (%s): %s".formatted(kind.key(), known.code(), e.getMessage()), e);
    }
  }

  private Module known(ModuleCatalog catalog) {
    return DefinitionChecks.module(catalog, kind.key(), module);
  }

  @Override
  public String toString() {
    return module + " " + range;
  }
}
