package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.trust.Fields;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.PublicKey;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SignedDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The root metadata of a repository: which keys sign for which role (TUF specification 1.0.34,
 * section 4.3). One root of the Director serves all vehicles.
 *
 * @param version 1 or more; each root is followed by the next number
 * @param expires from when it is no longer taken
 * @param roles the keys of root, targets, snapshot and timestamp
 */
public record RootMetadata(long version, Instant expires, Map<String, RoleKeys> roles) {
  static final String ROOT = "root";
  static final String TARGETS = "targets";
  static final String SNAPSHOT = "snapshot";
  static final String TIMESTAMP = "timestamp";
  private static final List<String> ROLES = List.of(ROOT, TARGETS, SNAPSHOT, TIMESTAMP);

  public RootMetadata {
    roles = Map.copyOf(roles);
  }

  /** The file's name in its repository. */
  public static String fileName(long version) {
    return version + ".root.json";
  }

  /** A first root, of these keys. */
  public static RootMetadata first(Map<KeyRole, RoleKeys> keys, Instant expires) {
    Map<String, RoleKeys> roles = new HashMap<>();
    keys.forEach((role, ofRole) -> roles.put(role.role(), ofRole));
    return new RootMetadata(1, expires, roles);
  }

  /** The keys of a role, as messages name them. */
  public static RoleKeys roleKeys(KeyRole role, int threshold, List<PublicKey> keys) {
    return roleKeys(role.role(), threshold, keys);
  }

  private static RoleKeys roleKeys(String role, int threshold, List<PublicKey> keys) {
    return RoleKeys.of("the " + role + " role", threshold, keys);
  }

  /** What root keys sign of it. */
  public Map<String, Object> content() {
    Map<String, Object> keyObjects = new HashMap<>();
    Map<String, Object> roleObjects = new HashMap<>();
    roles.forEach(
        (name, role) -> {
          role.keys().forEach((keyid, key) -> keyObjects.put(keyid, key.toJson()));
          roleObjects.put(
              name,
              Map.of("keyids", List.copyOf(role.keys().keySet()), "threshold", role.threshold()));
        });
    Map<String, Object> content = Metadata.head(ROOT, version, IsoSeconds.format(expires));
    content.put("consistent_snapshot", true);
    content.put("keys", keyObjects);
    content.put("roles", roleObjects);
    return content;
  }

  /**
   * Reads a root that is trusted by its place, such as the one built into a vehicle. It must be
   * signed by its own root keys.
   *
   * @param where its name, for messages
   * @throws ConvoyException NOT_TRUSTED when it is malformed, badly signed, or lists a key under an
   *     id that is not the key's hash
   */
  public static RootMetadata parse(byte[] bytes, String where) {
    SignedDocument document = SignedDocument.parse(bytes, where);
    RootMetadata root = read(document);
    document.requireSignedBy(root.role(ROOT));
    return root;
  }

  /**
   * The next root, when this one's keys and its own have signed it (section 5.3.4) and its number
   * follows (section 5.3.5).
   *
   * @throws ConvoyException NOT_TRUSTED when that does not hold
   */
  public RootMetadata followedBy(byte[] bytes, String where) {
    SignedDocument document = SignedDocument.parse(bytes, where).requireSignedBy(role(ROOT));
    RootMetadata next = next(document);
    document.requireSignedBy(next.role(ROOT));
    return next;
  }

  /**
   * What a next root says whose signatures are not complete yet.
   *
   * @throws ConvoyException NOT_TRUSTED when it could never follow: it is malformed, or of another
   *     number
   */
  public RootMetadata next(SignedDocument document) {
    RootMetadata next = read(document);
    if (next.version != version + 1) {
      throw document.signed().refused("version", "" + (version + 1));
    }
    return next;
  }

  /**
   * Checks that it is not expired (section 5.3.10).
   *
   * @param where its name, for the message
   * @throws ConvoyException NOT_TRUSTED when it is
   */
  public RootMetadata requireCurrent(String where, Instant now) {
    Metadata.requireCurrent(where, expires, now);
    return this;
  }

  /**
   * Checks that no key serves both repositories: whoever has one of the keys must not have a key of
   * the other.
   *
   * @throws ConvoyException NOT_TRUSTED when one does
   */
  public RootMetadata requireNoKeyOf(RootMetadata other) {
    for (RoleKeys role : roles.values()) {
      for (RoleKeys otherRole : other.roles.values()) {
        for (PublicKey key : role.keys().values()) {
          if (otherRole.keys().containsKey(key.keyid())) {
            throw Metadata.untrusted(
                "the Director and the image repository share key %s: %s and %s have it, expected keys of their own"
                    .formatted(key.shortId(), role.role(), otherRole.role()));
          }
        }
      }
    }
    return this;
  }

  /** The keys of a role. */
  public RoleKeys keys(KeyRole role) {
    return role(role.role());
  }

  /** The keys of one of the four roles. */
  RoleKeys role(String name) {
    RoleKeys role = roles.get(name);
    if (role == null) {
      throw new IllegalArgumentException("no role " + name);
    }
    return role;
  }

  /**
   * Reads one; whether it is signed is for the caller to check.
   *
   * @throws ConvoyException NOT_TRUSTED when it is malformed
   */
  public static RootMetadata read(SignedDocument document) {
    Metadata metadata = Metadata.read(document, ROOT);
    Fields signed = document.signed();
    // Section 6.2: else a file could take the place of another version under one name.
    if (!Boolean.TRUE.equals(signed.values().get("consistent_snapshot"))) {
      throw signed.refused("consistent_snapshot", "true");
    }
    Map<String, PublicKey> keys = keys(signed.object("keys"));
    Map<String, RoleKeys> roles = new LinkedHashMap<>();
    for (String role : ROLES) {
      roles.put(role, role(role, signed.object("roles").object(role), keys));
    }
    return new RootMetadata(metadata.version(), metadata.expires(), roles);
  }

  private static Map<String, PublicKey> keys(Fields fields) {
    Map<String, PublicKey> keys = new HashMap<>();
    for (String keyid : fields.names()) {
      PublicKey key = PublicKey.fromJson(fields.object(keyid));
      if (!key.keyid().equals(keyid)) {
        throw Metadata.untrusted(
            fields.where() + ": key id " + keyid + " is not the hash of its key, " + key.keyid());
      }
      keys.put(keyid, key);
    }
    return keys;
  }

  private static RoleKeys role(String role, Fields fields, Map<String, PublicKey> keys) {
    List<PublicKey> ofRole = new ArrayList<>();
    for (Object keyid : fields.list("keyids")) {
      PublicKey key = keyid instanceof String text ? keys.get(text) : null;
      if (key == null) {
        throw Metadata.untrusted(
            fields.where() + ".keyids: found " + keyid + ", expected an id that keys lists");
      }
      if (ofRole.contains(key)) {
        throw Metadata.untrusted(
            fields.where() + ".keyids: key " + key.shortId() + " is listed twice");
      }
      ofRole.add(key);
    }
    return roleKeys(role, fields.smallInteger("threshold", 1), ofRole);
  }
}
