package convoy.jobs.registerdefinitions;

import convoy.data.campaign.Audience;
import convoy.data.campaign.BuiltDates;
import convoy.data.campaign.VinList;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.readers.export.VinListReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An audience as a campaign's canonical JSON has it, with the digests of its lists of VINs: who
 * approves the campaign approves these vehicles.
 *
 * @param lists the VINs of the lists that were read
 */
record AudienceContent(Map<String, Object> json, Map<VinList.Kind, VinList> lists) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads the lists beside the definition. One whose file is gone is taken as it was registered.
   *
   * @param registered the canonical JSON of the campaign of that id; null without one
   * @throws ConvoyException INPUT_REFUSED when a list is not as it must be
   */
  static AudienceContent of(Path yaml, Audience audience, @Nullable String registered) {
    Map<String, Object> json = new HashMap<>();
    json.put("regions", audience.regions());
    json.put("models", audience.models());
    json.put("powertrains", audience.powertrains().stream().map(Enum::name).toList());
    json.put("excludedVins", audience.excludeVins());
    json.put("plants", audience.plants());
    BuiltDates built = audience.built();
    if (built != null) {
      Map<String, Object> bounds = new HashMap<>();
      bounds.put("from", built.from() == null ? null : built.from().toString());
      bounds.put("to", built.to() == null ? null : built.to().toString());
      json.put("built", bounds);
    }
    if (audience.filter() != null) {
      json.put("filter", audience.filter().text());
    }
    Map<VinList.Kind, VinList> lists = new EnumMap<>(VinList.Kind.class);
    list(yaml, VinList.Kind.ONLY, "vins", audience.vins(), registered, json, lists);
    list(yaml, VinList.Kind.EXCLUDED, "exclude", audience.exclude(), registered, json, lists);
    return new AudienceContent(json, lists);
  }

  private static void list(
      Path yaml,
      VinList.Kind kind,
      String key,
      @Nullable String name,
      @Nullable String registered,
      Map<String, Object> json,
      Map<VinList.Kind, VinList> lists) {
    if (name == null) {
      return;
    }
    Path file = yaml.resolveSibling(name);
    if (Files.isRegularFile(file)) {
      VinList list = VinListReader.read(file);
      lists.put(kind, list);
      json.put(key, entry(name, list.sha256(), list.vins().size()));
      return;
    }
    JsonNode kept =
        registered == null
            ? JSON.createObjectNode()
            : JSON.readTree(registered).path("audience").path(key);
    if (!kept.path("file").asString("").equals(name)) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "%s: %s '%s': found no such file, expected it beside the definition"
              .formatted(yaml.getFileName(), key, name));
    }
    json.put(key, entry(name, kept.path("sha256").asString(), kept.path("count").asLong()));
  }

  private static Map<String, Object> entry(String file, String sha256, long count) {
    return Map.of("file", file, "sha256", sha256, "count", count);
  }
}
