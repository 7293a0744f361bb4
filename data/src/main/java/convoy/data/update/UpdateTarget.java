package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.vehicle.Protocol;
import convoy.data.version.VersionFormatException;
import convoy.data.version.VersionRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an update does to one module.
 *
 * @param module the module's code
 * @param hardware the hardware parts that it is for; empty for any
 * @param hardwareVersions the hardware versions that it is for; empty for any
 * @param protocols the networks over which the ECU may be reached; empty for any
 * @param from the range of the versions that are changed; null when starting versions alone say it
 * @param startingVersions the only versions that are changed; empty when {@code from} alone says it
 * @param to the version that the module has afterwards
 * @param images one for all hardware, or one for each set of hardware parts
 * @param installOrder 1 is installed first
 */
public record UpdateTarget(
    String module,
    List<String> hardware,
    List<String> hardwareVersions,
    List<Protocol> protocols,
    @Nullable String from,
    List<String> startingVersions,
    String to,
    List<TargetImage> images,
    int installOrder) {

  public UpdateTarget {
    hardware = List.copyOf(hardware);
    hardwareVersions = List.copyOf(hardwareVersions);
    protocols = List.copyOf(protocols);
    startingVersions = List.copyOf(startingVersions);
    images = List.copyOf(images);
    DefinitionChecks.distinct("hardware", hardware);
    DefinitionChecks.distinct("hardware-versions", hardwareVersions);
    DefinitionChecks.distinct("protocols", protocols);
    DefinitionChecks.distinct("starting-versions", startingVersions);
    check(
        from != null || !startingVersions.isEmpty(),
        "from",
        "",
        "a range of versions, or 'starting-versions'");
    check(installOrder >= 1, "install-order", installOrder, "1 or more");
    requireImagePerHardware(hardware, images);
  }

  private static void requireImagePerHardware(List<String> hardware, List<TargetImage> images) {
    check(!images.isEmpty(), "images", "[]", "one or more");
    if (images.size() == 1 && images.get(0).hardware().isEmpty()) {
      return;
    }
    List<String> missing = new ArrayList<>(hardware);
    for (TargetImage image : images) {
      check(
          !image.hardware().isEmpty(),
          "images",
          image.path(),
          "the 'hardware' that gets it; an image for all is written as 'image'");
      for (String part : image.hardware()) {
        check(hardware.contains(part), "images", part, "one of the target's hardware " + hardware);
        check(missing.remove(part), "images", part, "one image for each hardware part");
      }
    }
    check(missing.isEmpty(), "images", missing, "an image for each of the target's hardware");
  }

  /**
   * The same target with the module's code in place of a synonym, once every rule that needs the
   * catalogue holds.
   *
   * @throws IllegalArgumentException when the module is not known, when a version or range cannot
   *     be read under its scheme, or when nothing that it starts from can lead to {@code to}
   */
  public UpdateTarget checked(ModuleCatalog catalog, Downgrades downgrades) {
    Module known = DefinitionChecks.module(catalog, "module", module);
    String key = toKey(catalog);
    if (from != null) {
      VersionRange range = range("from", from, known);
      check(
          leads(range, key, known, downgrades),
          "from",
          from,
          "a range with something %s, which is where it leads"
              .formatted(isBelow(downgrades) ? "below " + to : "else than " + to));
      for (String version : startingVersions) {
        check(
            range.contains(key("starting-versions", version, known)),
            "starting-versions",
            version,
            "a version in from '%s'".formatted(from));
      }
    }
    for (String version : startingVersions) {
      int order = key("starting-versions", version, known).compareTo(key);
      check(
          isBelow(downgrades) ? order < 0 : order != 0,
          "starting-versions",
          version,
          isBelow(downgrades)
              ? "a version below %s, since allow-downgrade is not true".formatted(to)
              : "another version than " + to);
    }
    return new UpdateTarget(
        known.code(),
        hardware,
        hardwareVersions,
        protocols,
        from,
        startingVersions,
        to,
        images,
        installOrder);
  }

  private static boolean isBelow(Downgrades downgrades) {
    return downgrades == Downgrades.NEVER;
  }

  private boolean leads(VersionRange range, String key, Module known, Downgrades downgrades) {
    return isBelow(downgrades)
        ? Ranges.reachesBelow(range, key)
        : !Ranges.covers(range("to", to, known), range);
  }

  /** The versions that are changed, as people read them: the starting versions, where named. */
  public String fromText() {
    if (!startingVersions.isEmpty()) {
      return String.join(" || ", startingVersions);
    }
    return String.valueOf(from);
  }

  /**
   * The versions that are changed, under the module's scheme.
   *
   * @throws IllegalArgumentException when it is not a range, or the module is not known
   */
  public VersionRange range(ModuleCatalog catalog) {
    return range(
        startingVersions.isEmpty() ? "from" : "starting-versions",
        fromText(),
        DefinitionChecks.module(catalog, "module", module));
  }

  private static VersionRange range(String key, String text, Module known) {
    try {
      return VersionRange.parse(text, known.scheme());
    } catch (VersionFormatException e) {
      throw new IllegalArgumentException(
          "%s (%s): %s".formatted(key, known.code(), e.getMessage()), e);
    }
  }

  /**
   * The order-preserving key of {@code to} under the module's scheme.
   *
   * @throws IllegalArgumentException when it is not a version, or the module is not known
   */
  public String toKey(ModuleCatalog catalog) {
    return key("to", to, DefinitionChecks.module(catalog, "module", module));
  }

  private static String key(String key, String version, Module known) {
    try {
      return known.scheme().key(version);
    } catch (VersionFormatException e) {
      throw new IllegalArgumentException(
          "%s (%s): %s".formatted(key, known.code(), e.getMessage()), e);
    }
  }
}
