package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.error.Nearest;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.version.VersionFormatException;
import convoy.data.version.VersionRange;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an update does to one module.
 *
 * @param module the module's code
 * @param hardware the hardware parts that the image fits; empty for any
 * @param from the range of the versions that are changed
 * @param to the version that the module has afterwards
 * @param image the image's path relative to the definition's file, with {@code /}
 * @param installOrder 1 is installed first
 */
public record UpdateTarget(
    String module, List<String> hardware, String from, String to, String image, int installOrder) {
  // No '..', no root, no drive: an image lies beside or below its definition.
  private static final Pattern IMAGE =
      Pattern.compile("(?!.*(?:^|/)\\.\\.?(?:/|$))[^/\\\\:\\p{Cntrl}]+(?:/[^/\\\\:\\p{Cntrl}]+)*");

  public UpdateTarget {
    hardware = List.copyOf(hardware);
    DefinitionChecks.distinct("hardware", hardware);
    check(
        IMAGE.matcher(image).matches(),
        "image",
        image,
        "a path below the definition's folder such as images/abs-2.1.0.bin");
    check(installOrder >= 1, "install-order", installOrder, "1 or more");
  }

  /**
   * The same target with the module's code in place of a synonym, once every rule that needs the
   * catalogue holds.
   *
   * @throws IllegalArgumentException when the module is not known, when {@code to} or {@code from}
   *     cannot be read under its scheme, or when {@code to} lies inside {@code from}: a vehicle
   *     would then be offered the update for ever
   */
  public UpdateTarget checked(ModuleCatalog catalog) {
    String key = toKey(catalog);
    check(
        !range(catalog).contains(key),
        "to",
        to,
        "a version outside from '%s', or the update would be offered for ever".formatted(from));
    return new UpdateTarget(known(catalog).code(), hardware, from, to, image, installOrder);
  }

  /**
   * The versions that are changed, as {@code from} says under the module's scheme.
   *
   * @throws IllegalArgumentException when it is not a range, or the module is not known
   */
  public VersionRange range(ModuleCatalog catalog) {
    Module known = known(catalog);
    try {
      return VersionRange.parse(from, known.scheme());
    } catch (VersionFormatException e) {
      throw new IllegalArgumentException(
          "from (%s): %s".formatted(known.code(), e.getMessage()), e);
    }
  }

  /**
   * The order-preserving key of {@code to} under the module's scheme.
   *
   * @throws IllegalArgumentException when it is not a version, or the module is not known
   */
  public String toKey(ModuleCatalog catalog) {
    Module known = known(catalog);
    try {
      return known.scheme().key(to);
    } catch (VersionFormatException e) {
      throw new IllegalArgumentException("to (%s): %s".formatted(known.code(), e.getMessage()), e);
    }
  }

  private Module known(ModuleCatalog catalog) {
    return catalog
        .find(module)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "module '%s': expected one of the modules in the settings%s"
                        .formatted(
                            module,
                            Nearest.to(module.toUpperCase(Locale.ROOT), catalog.codes())
                                .map(code -> ", did you mean '%s'?".formatted(code))
                                .orElse(": " + String.join(", ", catalog.codes())))));
  }
}
