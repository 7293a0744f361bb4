package convoy.readers.profile;

import convoy.config.StrictYaml;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.vehicle.ModuleCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The export profiles of an installation.
 *
 * @param all by the names of their files
 */
public record ExportProfiles(List<ExportProfile> all) {
  /** No profile: headers are recognised by their names alone. */
  public static final ExportProfiles NONE = new ExportProfiles(List.of());

  public ExportProfiles {
    all = List.copyOf(all);
  }

  /**
   * Reads every {@code .yaml} and {@code .yml} file of a folder; a folder that is not there has
   * none. One bad profile refuses all, since no one knows which exports it is meant for.
   *
   * @throws convoy.config.YamlException with file, line and column
   */
  public static ExportProfiles read(Path folder, ModuleCatalog modules) {
    if (Files.notExists(folder)) {
      return NONE;
    }
    List<ExportProfile> profiles = new ArrayList<>();
    for (Path file : files(folder)) {
      ExportProfile profile =
          ExportProfile.of(
              file.getFileName().toString(),
              StrictYaml.readLocated(file, ProfileFile.class),
              modules);
      for (ExportProfile earlier : profiles) {
        if (earlier.name().equals(profile.name())) {
          throw new ConvoyException(
              ErrorCode.CONFIGURATION,
              "profile '%s' stands twice, as %s and %s: expected a name of its own for each"
                  .formatted(profile.name(), earlier.shown(), profile.shown()));
        }
      }
      profiles.add(profile);
    }
    return new ExportProfiles(profiles);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(ExportProfiles::isProfile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isProfile(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  /**
   * The profile for a file of that name.
   *
   * @throws ConvoyException INPUT_REFUSED when several claim it
   */
  public Optional<ExportProfile> of(String fileName) {
    List<ExportProfile> claiming = all.stream().filter(p -> p.claims(fileName)).toList();
    if (claiming.size() > 1) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "%s: claimed by the profiles %s: expected one"
              .formatted(
                  fileName,
                  claiming.stream().map(ExportProfile::shown).collect(Collectors.joining(", "))));
    }
    return claiming.stream().findFirst();
  }
}
