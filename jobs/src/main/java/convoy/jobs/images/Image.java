package convoy.jobs.images;

import convoy.data.io.FileDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An image as an update's definition names it: its file name, and the clear image's hashes. */
public record Image(String name, long length, String sha256, String sha512) {
  private static final JsonMapper JSON = new JsonMapper();

  /** An image of that name with these bytes. */
  public static Image of(String name, FileDigest clear) {
    return new Image(name, clear.length(), clear.sha256(), clear.sha512());
  }

  /** An image of a registered definition. */
  public static Image of(JsonNode image) {
    return new Image(
        image.get("name").asString(),
        image.get("length").asLong(),
        image.get("sha256").asString(),
        image.get("sha512").asString());
  }

  /** The images of a registered definition by their file names. */
  public static Map<String, Image> ofDefinition(String canonicalJson) {
    Map<String, Image> images = new LinkedHashMap<>();
    for (var target : JSON.readTree(canonicalJson).get("targets")) {
      for (var image : target.get("images")) {
        Image read = of(image);
        images.put(read.name(), read);
      }
    }
    return images;
  }
}
