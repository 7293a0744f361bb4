package convoy.writers.delivery;

import convoy.data.io.Digests;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an object store says of an object that it has whole, as S3 words it: of an object that came
 * in parts, the hash of the parts' hashes and, after a dash, how many there were.
 *
 * @param sha256 in Base64
 * @param etag in hex: MD5, where the store does not encrypt with a key of its customer's
 */
record ObjectDigest(String sha256, String etag) {
  static ObjectDigest ofWhole(PartDigest whole) {
    return new ObjectDigest(whole.sha256().base64(), whole.md5().hex());
  }

  static ObjectDigest ofParts(List<PartDigest> parts) {
    String count = "-" + parts.size();
    return new ObjectDigest(
        over("SHA-256", parts, PartDigest::sha256).base64() + count,
        over("MD5", parts, PartDigest::md5).hex() + count);
  }

  private static PartDigest.Hash over(
      String algorithm, List<PartDigest> parts, Function<PartDigest, PartDigest.Hash> hash) {
    MessageDigest digest = Digests.of(algorithm);
    parts.forEach(part -> digest.update(hash.apply(part).bytes()));
    return new PartDigest.Hash(digest.digest());
  }

  /**
   * Whether the store has these bytes: by its SHA-256, where it has one, else by its ETag.
   *
   * @param foundSha256 null where the store keeps none
   */
  boolean matches(@Nullable String foundSha256, @Nullable String foundEtag) {
    return foundSha256 != null
        ? foundSha256.equals(sha256)
        : foundEtag != null && unquoted(foundEtag).equals(etag);
  }

  /** As HTTP has it, an ETag is in quotes; some stores leave them out. */
  static String unquoted(String etag) {
    return etag.replace("\"", "");
  }
}
