package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds and signs manifests (docs/formats/update-manifest.md). The same request gives the same
 * bytes, unless a key lies in a hardware module. Threads may share it.
 */
public final class ManifestSigner {
  private final List<SigningKey> targetsKeys;
  private final List<SigningKey> snapshotKeys;
  private final List<SigningKey> timestampKeys;

  public ManifestSigner(DirectorKeys keys) {
    targetsKeys = List.of(keys.targets());
    snapshotKeys = List.of(keys.snapshot());
    timestampKeys = List.of(keys.timestamp());
  }

  /** The ids of the keys that it signs with. */
  public SortedSet<String> keyids() {
    return Stream.of(targetsKeys, snapshotKeys, timestampKeys)
        .flatMap(List::stream)
        .map(SigningKey::keyid)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The vehicle's three files.
   *
   * @throws ConvoyException INPUT_REFUSED when a text has no canonical form, such as a serial with
   *     a control character; the message names the place
   */
  public ManifestBundle sign(ManifestRequest request) {
    try {
      return signFiles(request);
    } catch (IllegalArgumentException e) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED, "manifest for " + request.vin() + ": " + e.getMessage(), e);
    }
  }

  private ManifestBundle signFiles(ManifestRequest request) {
    String expires = IsoSeconds.format(request.expiresAt());
    byte[] targets = SignedDocument.sign(targets(request, expires), targetsKeys);
    byte[] snapshot =
        SignedDocument.sign(
            listing(RootMetadata.SNAPSHOT, request, expires, RootMetadata.TARGETS, targets),
            snapshotKeys);
    byte[] timestamp =
        SignedDocument.sign(
            listing(RootMetadata.TIMESTAMP, request, expires, RootMetadata.SNAPSHOT, snapshot),
            timestampKeys);
    return new ManifestBundle(request.vin(), request.version(), targets, snapshot, timestamp);
  }

  private static Map<String, Object> targets(ManifestRequest request, String expires) {
    Map<String, Object> content = Metadata.head(RootMetadata.TARGETS, request.version(), expires);
    content.put("targets", entries(request.targets()));
    content.put("custom", custom(request));
    return content;
  }

  private static Map<String, Object> custom(ManifestRequest request) {
    Map<String, Object> custom = new TreeMap<>(request.owner().content());
    custom.put("vin", request.vin());
    custom.put("campaign", request.campaign());
    custom.put("wave", request.wave());
    custom.put("attempt", request.attempt());
    custom.put("correlationId", request.correlationId());
    custom.put("issuedAt", IsoSeconds.format(request.issuedAt()));
    custom.put("preconditions", request.preconditions().content());
    return custom;
  }

  /** One entry for each image; the ECUs that get the same one share it. */
  private static Map<String, Object> entries(List<ManifestTarget> targets) {
    Map<String, Map<String, Object>> ecusByName = new HashMap<>();
    Map<String, Object> entries = new LinkedHashMap<>();
    for (ManifestTarget target : targets) {
      Map<String, Object> ecus =
          ecusByName.computeIfAbsent(target.fileName(), name -> new HashMap<>());
      if (ecus.isEmpty()) {
        entries.put(target.fileName(), entry(target, ecus));
      }
      ecus.put(target.ecuSerial(), ecu(target));
    }
    return entries;
  }

  private static Map<String, Object> ecu(ManifestTarget target) {
    String sealed = target.keyPackage();
    return sealed == null
        ? Map.of("hardwareId", target.hardwareId())
        : Map.of("hardwareId", target.hardwareId(), "keyPackage", sealed);
  }

  private static Map<String, Object> entry(ManifestTarget target, Map<String, Object> ecus) {
    Map<String, Object> entry =
        ImageDigest.content(target.length(), target.sha256(), target.sha512());
    entry.put(
        "custom",
        Map.of(
            "ecuIdentifiers", ecus,
            "module", target.module(),
            "releaseCounter", target.releaseCounter(),
            "version", target.version(),
            "encrypted", encrypted(target.encrypted()),
            "installOrder", target.installOrder(),
            "installGroup", target.installGroup()));
    return entry;
  }

  private static Map<String, Object> encrypted(EncryptedImage image) {
    Map<String, Object> content =
        ImageDigest.content(image.length(), image.sha256(), image.sha512());
    content.put("uri", image.uri());
    return content;
  }

  private static Map<String, Object> listing(
      String type, ManifestRequest request, String expires, String listedRole, byte[] listed) {
    return Metadata.listing(
        type,
        request.version(),
        expires,
        Map.of("vin", request.vin()),
        listedRole,
        request.version(),
        listed);
  }
}
