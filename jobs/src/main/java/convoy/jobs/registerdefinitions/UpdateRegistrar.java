package convoy.jobs.registerdefinitions;

import convoy.config.Home;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Updates;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.ManifestImage;
import convoy.data.update.Requirements;
import convoy.data.update.TargetImage;
import convoy.data.update.UpdateDefinition;
import convoy.data.update.UpdateTarget;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.images.ImageIntake;
import convoy.jobs.images.ImageStore;
import convoy.readers.definition.UpdateDefinitionReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Registers an update: its definition, its images by hash, and the version keys that the SQL
 * compares.
 */
public final class UpdateRegistrar {
  private static final JsonMapper JSON = new JsonMapper();

  // Published files have a hash before it, and repositories the module and the release counter.
  private static final int LONGEST_IMAGE_NAME = 120;

  private final ModuleCatalog modules;
  private final ImageStore images;

  UpdateRegistrar(ModuleCatalog modules, ImageStore images) {
    this.modules = modules;
    this.images = images;
  }

  /** The one of an installation. */
  public static UpdateRegistrar of(Home home, ModuleCatalog modules) {
    return new UpdateRegistrar(modules, ImageStore.of(home));
  }

  /** What became of a file. */
  public enum Outcome {
    REGISTERED,
    /** It was registered before with the same content. */
    KNOWN,
    /** It was registered with the same content, and withdrawn: it stays so. */
    WITHDRAWN
  }

  /**
   * What came of one file.
   *
   * @param update the update's name and version
   * @param warnings sentences for a person; nothing was refused for them
   */
  public record Result(String update, Outcome outcome, List<String> warnings) {
    public Result {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Registers the update of that file, unless it is registered with the same content.
   *
   * @throws ConvoyException INPUT_REFUSED when the definition or an image is not as it must be, the
   *     name and version are taken by other content, or updates would require one another
   */
  public Result register(FleetStore store, Path yaml, Instant now) {
    UpdateDefinition update = UpdateDefinitionReader.read(yaml, modules);
    String name = update.ref().toString();
    Optional<Definitions.Update> known = Definitions.update(store, update.name(), update.version());
    Map<String, Integer> counters = known.map(UpdateRegistrar::counters).orElseGet(HashMap::new);
    ImageIntake intake =
        new ImageIntake(images, store, yaml, known.map(Definitions.Update::definition), now);
    requireImageNames(yaml, update);
    String definition =
        new UpdateContent(modules)
            .of(
                update,
                image -> intake.take(image.path()),
                module ->
                    counters.computeIfAbsent(
                        module, m -> Definitions.nextReleaseCounter(store, m)));
    if (known.isPresent()) {
      if (known.get().definition().equals(definition)) {
        boolean isWithdrawn = known.get().withdrawnAt() != null;
        return new Result(name, isWithdrawn ? Outcome.WITHDRAWN : Outcome.KNOWN, List.of());
      }
      throw refused(
          yaml,
          "update %s is registered with other content, expected a new version for changed content"
              .formatted(name));
    }
    requireNoCycle(store, yaml, name, definition);
    Definitions.registerUpdate(store, update.name(), update.version(), definition, now);
    return new Result(name, Outcome.REGISTERED, warnings(store, definition));
  }

  private static void requireNoCycle(FleetStore store, Path yaml, String name, String definition) {
    List<Requirements.Node> nodes = new ArrayList<>();
    nodes.add(RequirementNodes.of(name, definition));
    for (Definitions.Update other : Definitions.updates(store)) {
      if (other.withdrawnAt() == null) {
        nodes.add(RequirementNodes.of(other.name() + " " + other.version(), other.definition()));
      }
    }
    Optional<String> cycle = Requirements.cycle(nodes);
    if (cycle.isPresent()) {
      throw refused(
          yaml,
          "requires: expected updates that do not wait for one another, found " + cycle.get());
    }
  }

  private static List<String> warnings(FleetStore store, String definition) {
    return Updates.unmetStarts(store, definition).stream()
        .map(
            start ->
                "from '%s': no %s of the fleet has such a version, and no other registered update leads to one"
                    .formatted(start.range(), start.module()))
        .toList();
  }

  /** The paths of an update's images, relative to its file. */
  static List<String> imagePaths(UpdateDefinition update) {
    return update.targets().stream()
        .flatMap(target -> target.images().stream())
        .map(TargetImage::path)
        .toList();
  }

  /** A manifest lists images by their file names (docs/formats/update-manifest.md). */
  private static void requireImageNames(Path yaml, UpdateDefinition update) {
    Map<String, String> owners = new HashMap<>();
    for (UpdateTarget target : update.targets()) {
      for (TargetImage image : target.images()) {
        String name = Path.of(image.path()).getFileName().toString();
        if (!ManifestImage.isFileName(name)) {
          throw refused(
              yaml,
              "image '%s': expected a file name of letters, digits, '.', '_' and '-'"
                  .formatted(image.path()));
        }
        if (name.length() > LONGEST_IMAGE_NAME) {
          throw refused(
              yaml,
              "image '%s': found a file name of %d characters, expected %d at most"
                  .formatted(image.path(), name.length(), LONGEST_IMAGE_NAME));
        }
        String other = owners.putIfAbsent(name, target.module());
        if (other != null) {
          throw refused(
              yaml,
              "image '%s' of %s: expected another file name than that of %s"
                  .formatted(
                      image.path(),
                      target.module(),
                      other.equals(target.module()) ? "its other hardware" : other));
        }
      }
    }
  }

  private static ConvoyException refused(Path yaml, String message) {
    return new ConvoyException(ErrorCode.INPUT_REFUSED, yaml.getFileName() + ": " + message);
  }

  private static Map<String, Integer> counters(Definitions.Update update) {
    Map<String, Integer> counters = new HashMap<>();
    for (var target : JSON.readTree(update.definition()).get("targets")) {
      counters.put(target.get("module").asString(), target.get("releaseCounter").asInt());
    }
    return counters;
  }
}
