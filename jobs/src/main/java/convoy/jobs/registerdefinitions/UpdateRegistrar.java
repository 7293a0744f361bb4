package convoy.jobs.registerdefinitions;

import static java.util.Map.entry;

import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.ManifestTarget;
import convoy.data.trust.CanonicalJson;
import convoy.data.update.UpdateDefinition;
import convoy.data.update.UpdateTarget;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionRange;
import convoy.jobs.images.Image;
import convoy.jobs.images.ImageIntake;
import convoy.jobs.images.ImageStore;
import convoy.readers.definition.UpdateDefinitionReader;
import java.nio.charset.StandardCharsets;
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
final class UpdateRegistrar {
  private static final JsonMapper JSON = new JsonMapper();

  private final ModuleCatalog modules;
  private final ImageStore images;

  UpdateRegistrar(ModuleCatalog modules, ImageStore images) {
    this.modules = modules;
    this.images = images;
  }

  /**
   * Registers the update of that file, unless it is registered with the same content.
   *
   * @return the update's name and version when it is new
   * @throws ConvoyException INPUT_REFUSED when the definition or an image is not as it must be, or
   *     the name and version are taken by other content
   */
  Optional<String> register(FleetStore store, Path yaml, Instant now) {
    UpdateDefinition update = UpdateDefinitionReader.read(yaml, modules);
    Optional<Definitions.Update> known = Definitions.update(store, update.name(), update.version());
    Map<String, Integer> counters = known.map(UpdateRegistrar::counters).orElseGet(HashMap::new);
    ImageIntake intake =
        new ImageIntake(images, store, yaml, known.map(Definitions.Update::definition), now);
    List<Map<String, Object>> targets = new ArrayList<>();
    requireImageNames(yaml, update);
    for (UpdateTarget target : update.targets()) {
      int counter =
          counters.computeIfAbsent(
              target.module(), module -> Definitions.nextReleaseCounter(store, module));
      targets.add(target(intake, target, counter));
    }
    String definition = definition(update, targets);
    if (known.isPresent()) {
      if (known.get().definition().equals(definition)) {
        return Optional.empty();
      }
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "%s: update %s is registered with other content, expected a new version for changed content"
              .formatted(yaml.getFileName(), update.ref()));
    }
    Definitions.registerUpdate(store, update.name(), update.version(), definition, now);
    return Optional.of(update.ref().toString());
  }

  /** The paths of an update's images, relative to its file. */
  static List<String> imagePaths(UpdateDefinition update) {
    return update.targets().stream().map(UpdateTarget::image).toList();
  }

  /** A manifest lists images by their file names (docs/formats/update-manifest.md). */
  private static void requireImageNames(Path yaml, UpdateDefinition update) {
    Map<String, String> modules = new HashMap<>();
    for (UpdateTarget target : update.targets()) {
      String name = Path.of(target.image()).getFileName().toString();
      if (!ManifestTarget.isFileName(name)) {
        throw new ConvoyException(
            ErrorCode.INPUT_REFUSED,
            "%s: image '%s': expected a file name of letters, digits, '.', '_' and '-'"
                .formatted(yaml.getFileName(), target.image()));
      }
      String other = modules.putIfAbsent(name, target.module());
      if (other != null) {
        throw new ConvoyException(
            ErrorCode.INPUT_REFUSED,
            "%s: image '%s' of %s: expected another file name than that of %s"
                .formatted(yaml.getFileName(), target.image(), target.module(), other));
      }
    }
  }

  private Map<String, Object> target(ImageIntake intake, UpdateTarget target, int counter) {
    Image image = intake.take(target.image());
    return Map.ofEntries(
        entry("module", target.module()),
        entry("installOrder", target.installOrder()),
        entry("installGroup", target.installOrder()),
        entry("hardware", target.hardware()),
        entry("hardwareVersions", List.of()),
        entry("protocols", List.of()),
        entry("from", target.from()),
        entry("to", target.to()),
        entry("toKey", target.toKey(modules)),
        entry("releaseCounter", counter),
        entry("ranges", ranges(target.range(modules))),
        entry(
            "images",
            List.of(
                Map.of(
                    "hardware", List.of(),
                    "name", image.name(),
                    "length", image.length(),
                    "sha256", image.sha256(),
                    "sha512", image.sha512()))));
  }

  private static List<Map<String, Object>> ranges(VersionRange range) {
    List<Map<String, Object>> ranges = new ArrayList<>();
    for (var interval : range.intervals()) {
      Map<String, Object> bounds = new HashMap<>();
      bounds.put("low", interval.low());
      bounds.put("high", interval.high());
      ranges.add(bounds);
    }
    return ranges;
  }

  private static String definition(UpdateDefinition update, List<Map<String, Object>> targets) {
    return new String(
        CanonicalJson.encode(
            Map.ofEntries(
                entry("name", update.name()),
                entry("version", update.version()),
                entry("title", update.title()),
                entry("category", update.category().name()),
                entry("models", update.models()),
                entry("powertrains", update.powertrains().stream().map(Enum::name).toList()),
                entry("wayBackRequired", false),
                entry("allowDowngrade", false),
                // As lines: signed text holds no line breaks (docs/formats/update-manifest.md).
                entry("releaseNotes", update.releaseNotes().lines().toList()),
                entry("targets", targets),
                entry("conditions", List.of()))),
        StandardCharsets.UTF_8);
  }

  private static Map<String, Integer> counters(Definitions.Update update) {
    Map<String, Integer> counters = new HashMap<>();
    for (var target : JSON.readTree(update.definition()).get("targets")) {
      counters.put(target.get("module").asString(), target.get("releaseCounter").asInt());
    }
    return counters;
  }
}
