package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.trust.Fields;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.PublicKey;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Director's root metadata: which keys sign for which role (TUF specification 1.0.34, section
 * 4.3). One root serves all vehicles.
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

  /** The file's name in the Director repository. */
  public static String fileName(long version) {
    return version + ".root.json";
  }

  /** The bytes of {@code 1.root.json}: one key for each role, thresholds of 1. */
  public static byte[] create(DirectorKeys keys, Instant expires) {
    SigningKey root = keys.requireRoot();
    return create(1, keys, expires, List.of(root));
  }

  /**
   * The bytes of a root that replaces another: signed by the new root key and the former one, as
   * vehicles ask (section 5.3.4).
   *
   * @param version one more than the former root's
   */
  public static byte[] createNext(
      long version, DirectorKeys keys, SigningKey formerRoot, Instant expires) {
    SigningKey root = keys.requireRoot();
    boolean kept = root.keyid().equals(formerRoot.keyid());
    return create(version, keys, expires, kept ? List.of(root) : List.of(root, formerRoot));
  }

  private static byte[] create(
      long version, DirectorKeys keys, Instant expires, List<SigningKey> signers) {
    Map<String, SigningKey> byRole =
        Map.of(
            ROOT, keys.requireRoot(),
            TARGETS, keys.targets(),
            SNAPSHOT, keys.snapshot(),
            TIMESTAMP, keys.timestamp());
    Map<String, Object> keyObjects = new HashMap<>();
    Map<String, Object> roles = new HashMap<>();
    byRole.forEach(
        (role, key) -> {
          keyObjects.put(key.keyid(), key.publicKey().toJson());
          roles.put(role, Map.of("keyids", List.of(key.keyid()), "threshold", 1));
        });
    Map<String, Object> signed =
        Map.of(
            "_type", ROOT,
            "spec_version", Metadata.SPEC_VERSION,
            "consistent_snapshot", true,
            "version", version,
            "expires", IsoSeconds.format(expires),
            "keys", keyObjects,
            "roles", roles);
    return SignedDocument.sign(signed, signers);
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
    RootMetadata next = read(document);
    document.requireSignedBy(next.role(ROOT));
    if (next.version != version + 1) {
      throw document.signed().refused("version", "" + (version + 1));
    }
    return next;
  }

  /** The keys of one of the four roles. */
  RoleKeys role(String name) {
    RoleKeys role = roles.get(name);
    if (role == null) {
      throw new IllegalArgumentException("no role " + name);
    }
    return role;
  }

  private static RootMetadata read(SignedDocument document) {
    Metadata metadata = Metadata.read(document, ROOT);
    Fields signed = document.signed();
    Map<String, PublicKey> keys = keys(signed.object("keys"));
    Map<String, RoleKeys> roles = new LinkedHashMap<>();
    for (String role : ROLES) {
      roles.put(role, role(role, signed.object("roles").object(role), keys));
    }
    return new RootMetadata(metadata.version(), metadata.expires(), Map.copyOf(roles));
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
    return RoleKeys.of("the " + role + " role", fields.smallInteger("threshold", 1), ofRole);
  }
}
