package convoy.jobs.repository;

import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Images;
import convoy.data.duckdb.Rollbacks;
import convoy.data.io.FileDigest;
import convoy.data.manifest.ImageEntry;
import convoy.data.trust.Consent;
import convoy.jobs.images.Image;
import convoy.jobs.trust.UpdateConsent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the image repository should list: the images of every registered update that an engineer has
 * signed and nobody has withdrawn, also as they were released again for rollbacks.
 */
public final class ImageCatalog {
  private static final JsonMapper JSON = new JsonMapper();

  private ImageCatalog() {}

  /** All images that may be issued, by their names in both repositories. */
  static SortedMap<String, ImageEntry> of(FleetStore store, Consent consent) {
    SortedMap<String, ImageEntry> images = new TreeMap<>();
    List<Rollbacks.Release> releases = Rollbacks.releases(store);
    for (Definitions.Update update : Definitions.updates(store)) {
      if (Definitions.alteration(store, update).isEmpty()
          && UpdateConsent.problem(consent, store, update).isEmpty()) {
        images.putAll(of(store, update));
        releases.stream()
            .filter(release -> release.update().equals(update.name() + " " + update.version()))
            .forEach(release -> images.putAll(of(store, update, release)));
      }
    }
    return images;
  }

  /** The images of one update; one that is not kept is left out. */
  public static SortedMap<String, ImageEntry> of(FleetStore store, Definitions.Update update) {
    SortedMap<String, ImageEntry> images = new TreeMap<>();
    for (JsonNode target : JSON.readTree(update.definition()).get("targets")) {
      put(store, target, target.get("releaseCounter").asInt(), images);
    }
    return images;
  }

  /** The images of one module of an update under the counter of a later release of them. */
  public static SortedMap<String, ImageEntry> of(
      FleetStore store, Definitions.Update update, Rollbacks.Release release) {
    SortedMap<String, ImageEntry> images = new TreeMap<>();
    for (JsonNode target : JSON.readTree(update.definition()).get("targets")) {
      if (target.get("module").asString().equals(release.module())) {
        put(store, target, release.releaseCounter(), images);
      }
    }
    return images;
  }

  private static void put(
      FleetStore store, JsonNode target, int counter, SortedMap<String, ImageEntry> images) {
    String module = target.get("module").asString();
    for (JsonNode image : target.get("images")) {
      // An image without hardware of its own is for all of the target's.
      List<String> own = texts(image.get("hardware"));
      Image clear = Image.of(image);
      Optional<FileDigest> encrypted =
          Images.find(store, clear.sha256()).map(Images.Kept::encrypted);
      encrypted.ifPresent(
          file ->
              images.put(
                  ImageEntry.name(module, counter, clear.name()),
                  new ImageEntry(
                      module,
                      target.get("to").asString(),
                      counter,
                      own.isEmpty() ? texts(target.get("hardware")) : own,
                      new FileDigest(clear.length(), clear.sha256(), clear.sha512()),
                      file)));
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asString()));
    return texts;
  }
}
