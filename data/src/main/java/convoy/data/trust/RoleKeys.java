package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys that may sign for a role, and how many of them must.
 *
 * @param role whose keys these are, as messages name it: "the targets role"
 * @param threshold how many different keys must sign, 1 or more
 * @param keys the keys by key id, in the order in which a document lists them
 */
public record RoleKeys(String role, int threshold, Map<String, PublicKey> keys) {

  /**
   * @throws ConvoyException NOT_TRUSTED when the keys could never reach the threshold, it is below
   *     1, or a key stands under an id that is not its own
   */
  public RoleKeys {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    keys.forEach(
        (keyid, key) -> {
          if (!keyid.equals(key.keyid())) {
            throw new ConvoyException(
                ErrorCode.NOT_TRUSTED,
                role
                    + ": key id "
                    + PublicKey.shorten(keyid)
                    + " is not the hash of its key, expected "
                    + key.shortId());
          }
        });
    if (threshold < 1 || threshold > keys.size()) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          role
              + ": threshold "
              + threshold
              + ", expected 1 to "
              + keys.size()
              + ", the number of its keys");
    }
  }

  /** A role of these keys. */
  public static RoleKeys of(String role, int threshold, Collection<PublicKey> keys) {
    Map<String, PublicKey> byId = new LinkedHashMap<>();
    keys.forEach(key -> byId.put(key.keyid(), key));
    return new RoleKeys(role, threshold, byId);
  }
}
