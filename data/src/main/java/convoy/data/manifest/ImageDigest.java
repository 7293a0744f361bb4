package convoy.data.manifest;

import convoy.data.io.FileDigest;
import convoy.data.trust.Fields;
import java.util.HashMap;
import java.util.Map;

/** Length and hashes of a file as targets metadata have them (TUF 1.0.34, section 4.5). */
final class ImageDigest {
  private ImageDigest() {}

  /** The fields that say it; the caller may add others. */
  static Map<String, Object> content(long length, String sha256, String sha512) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("length", length);
    fields.put("hashes", Map.of("sha256", sha256, "sha512", sha512));
    return fields;
  }

  static FileDigest read(Fields fields) {
    Fields hashes = fields.object("hashes");
    return new FileDigest(
        fields.integer("length", 1), hashes.hex("sha256", 32), hashes.hex("sha512", 64));
  }
}
