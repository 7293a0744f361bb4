package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.CanonicalJson;
import convoy.data.trust.Fields;
import convoy.data.trust.Hashes;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.SignedDocument;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the four kinds of metadata have in common (TUF specification 1.0.34, section 4.3). */
record Metadata(String where, Fields signed, long version, Instant expires) {
  static final String SPEC_VERSION = "1.0.34";
  // A change of the first two numbers may change what a field means (section 4.3, SPEC_VERSION).
  private static final String COMPATIBLE = "1.0.";

  static Metadata read(SignedDocument document, String type) {
    Fields signed = document.signed();
    signed.requireType(type);
    if (!signed.text("spec_version").startsWith(COMPATIBLE)) {
      throw signed.refused("spec_version", "'" + SPEC_VERSION + "'");
    }
    return new Metadata(
        document.where(), signed, signed.integer("version", 1), signed.time("expires"));
  }

  /** Sections 5.3.10, 5.4.4, 5.5.6 and 5.6.5: it must expire after now. */
  Metadata requireCurrent(Instant now) {
    requireCurrent(where, expires, now);
    return this;
  }

  static void requireCurrent(String where, Instant expires, Instant now) {
    if (!expires.isAfter(now)) {
      throw new RefusedManifest(
          Refusal.MANIFEST_EXPIRED,
          null,
          where + ": expired at " + IsoSeconds.format(expires) + ", and it is " + now,
          null);
    }
  }

  /** Every document of a manifest names its vehicle, so that none serves another's. */
  Metadata requireVehicle(String vin) {
    Fields custom = signed.object("custom");
    if (!custom.text("vin").equals(vin)) {
      throw custom.refused("vin", "this vehicle, '" + vin + "'");
    }
    return this;
  }

  /** What the content of all four begins with; the caller adds the rest. */
  static Map<String, Object> head(String type, Object version, Object expires) {
    Map<String, Object> content = new HashMap<>();
    content.put("_type", type);
    content.put("spec_version", SPEC_VERSION);
    content.put("version", version);
    content.put("expires", expires);
    return content;
  }

  /**
   * The content of snapshot and timestamp: they list one file, with its version, length and hash.
   *
   * @param custom what is added to it; empty for nothing
   */
  static Map<String, Object> listing(
      String type,
      long version,
      String expires,
      Map<String, Object> custom,
      String listedRole,
      long listedVersion,
      byte[] listed) {
    return listing(
        type,
        version,
        expires,
        custom,
        listedRole,
        listedVersion,
        listed.length,
        Hashes.sha256(listed));
  }

  /** The same, of which any value may be left open ({@link CanonicalJson.Hole}). */
  static Map<String, Object> listing(
      String type,
      Object version,
      Object expires,
      Map<String, Object> custom,
      String listedRole,
      Object listedVersion,
      Object length,
      Object sha256) {
    Map<String, Object> content = head(type, version, expires);
    content.put(
        "meta",
        Map.of(
            listedRole + ".json",
            Map.of(
                "version", listedVersion, "length", length, "hashes", Map.of("sha256", sha256))));
    if (!custom.isEmpty()) {
      content.put("custom", custom);
    }
    return content;
  }

  /** The one file that a snapshot or timestamp lists: the metadata of that role. */
  Listed listed(String role) {
    String name = role + ".json";
    Fields meta = signed.object("meta").requireExactly(Set.of(name)).object(name);
    return new Listed(where, meta, name, meta.integer("version", 1));
  }

  /**
   * A file as it is listed.
   *
   * @param listing the name of the file that lists it
   */
  record Listed(String listing, Fields meta, String name, long version) {
    /** The file's name: the listed one with the version (section 6.2, consistent snapshots). */
    String fileName() {
      return version + "." + name;
    }

    /** Checks length and hash (sections 5.5.2 and 5.6.2). */
    void requireBytes(byte[] bytes, String where) {
      if (bytes.length != meta.integer("length", 1)) {
        throw untrusted(
            where
                + ": "
                + bytes.length
                + " bytes, expected "
                + meta.integer("length", 1)
                + " as listed in "
                + listing);
      }
      String sha256 = Hashes.sha256(bytes);
      String expected = meta.object("hashes").hex("sha256", 32);
      if (!sha256.equals(expected)) {
        throw untrusted(
            where + ": SHA-256 " + sha256 + ", expected " + expected + " as listed in " + listing);
      }
    }

    /** Checks the version (sections 5.5.4 and 5.6.4). */
    Metadata requireVersion(Metadata metadata) {
      if (metadata.version() != version) {
        throw metadata.signed().refused("version", version + " as listed in " + listing);
      }
      return metadata;
    }
  }

  static ConvoyException untrusted(String message) {
    return untrusted(message, null);
  }

  static ConvoyException untrusted(String message, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message, cause);
  }
}
