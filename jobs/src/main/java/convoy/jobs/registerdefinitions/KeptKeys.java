package convoy.jobs.registerdefinitions;

import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.version.VersionFormatException;
import convoy.data.version.VersionRange;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether today's settings still order versions as they did when an update was registered. Its keys
 * were signed; ECUs' keys are made by today's settings, and the two must compare.
 */
public final class KeptKeys {
  private static final JsonMapper JSON = new JsonMapper();

  private KeptKeys() {}

  /**
   * The first thing of the update that the settings no longer read as it was registered, as a
   * sentence.
   *
   * @param definition the update's canonical JSON
   */
  public static Optional<String> problem(String definition, ModuleCatalog catalog) {
    JsonNode content = JSON.readTree(definition);
    for (JsonNode target : content.get("targets")) {
      if (!isKept(target, "from", catalog) || !isKeyKept(target, catalog)) {
        return Optional.of(sentence(target, content, catalog));
      }
    }
    for (JsonNode condition : content.get("conditions")) {
      if (!isKept(condition, "range", catalog)) {
        return Optional.of(sentence(condition, content, catalog));
      }
    }
    return Optional.empty();
  }

  private static String sentence(JsonNode part, JsonNode content, ModuleCatalog catalog) {
    String module = part.get("module").asString();
    String update = content.get("name").asString() + " " + content.get("version").asString();
    return "update %s was registered with module %s under scheme %s, and the settings now order its versions otherwise (%s): expected the settings as they were, or a new version of the update"
        .formatted(
            update,
            module,
            part.get("scheme").asString(),
            catalog.find(module).map(m -> "scheme " + m.scheme().name()).orElse("no such module"));
  }

  private static boolean isKeyKept(JsonNode target, ModuleCatalog catalog) {
    Optional<Module> module = catalog.find(target.get("module").asString());
    try {
      return module.isPresent()
          && module
              .get()
              .scheme()
              .key(target.get("to").asString())
              .equals(target.get("toKey").asString());
    } catch (VersionFormatException e) {
      // Today's scheme cannot read it, which is what is asked here.
      return false;
    }
  }

  private static boolean isKept(JsonNode part, String range, ModuleCatalog catalog) {
    Optional<Module> module = catalog.find(part.get("module").asString());
    try {
      return module.isPresent()
          && VersionRange.parse(part.get(range).asString(), module.get().scheme())
              .intervals()
              .equals(RequirementNodes.intervals(part.get("ranges")));
    } catch (VersionFormatException e) {
      return false;
    }
  }
}
