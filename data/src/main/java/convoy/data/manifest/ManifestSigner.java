package convoy.data.manifest;

import convoy.data.campaign.OwnerTerms;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.CanonicalJson;
import convoy.data.trust.CanonicalJson.Hole;
import convoy.data.trust.Hashes;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.data.update.Preconditions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds and signs manifests (docs/formats/update-manifest.md). The same request gives the same
 * bytes, unless a key lies in a hardware module. Threads may share it.
 */
public final class ManifestSigner {
  private static final CanonicalJson.Template SNAPSHOT =
      listing(RootMetadata.SNAPSHOT, RootMetadata.TARGETS);
  private static final CanonicalJson.Template TIMESTAMP =
      listing(RootMetadata.TIMESTAMP, RootMetadata.SNAPSHOT);

  private final List<SigningKey> targetsKeys;
  private final List<SigningKey> snapshotKeys;
  private final List<SigningKey> timestampKeys;

  // Of each there are few in a run, and many manifests with it.
  private final Map<Instant, String> times = new ConcurrentHashMap<>();
  private final Map<Terms, CanonicalJson.Template> manifests = new ConcurrentHashMap<>();
  private final Map<Named, CanonicalJson.Template> images = new ConcurrentHashMap<>();

  /** What manifests have in common. */
  private record Terms(Preconditions preconditions, OwnerTerms owner, boolean carries) {}

  /**
   * An image in a manifest.
   *
   * @param carriedFor empty for its own campaign
   */
  private record Named(ManifestImage image, String carriedFor) {}

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
    String expires = time(request.expiresAt());
    byte[] targets = SignedDocument.sign(targets(request, expires), targetsKeys);
    byte[] snapshot =
        SignedDocument.sign(listing(SNAPSHOT, request, expires, targets), snapshotKeys);
    byte[] timestamp =
        SignedDocument.sign(listing(TIMESTAMP, request, expires, snapshot), timestampKeys);
    return new ManifestBundle(request.vin(), request.version(), targets, snapshot, timestamp);
  }

  private String time(Instant time) {
    return times.computeIfAbsent(time, IsoSeconds::format);
  }

  private CanonicalJson.Filled targets(ManifestRequest request, String expires) {
    boolean carries = !request.carried().isEmpty();
    Map<String, Object> entries = entries("", request.targets());
    request.carried().forEach(part -> entries.putAll(entries(part.campaign(), part.targets())));
    return manifests
        .computeIfAbsent(
            new Terms(request.preconditions(), request.owner(), carries), ManifestSigner::manifest)
        .with(
            Map.of(
                "version",
                request.version(),
                "expires",
                expires,
                "vin",
                request.vin(),
                "campaign",
                request.campaign(),
                "wave",
                request.wave(),
                "attempt",
                request.attempt(),
                "correlationId",
                request.correlationId(),
                "issuedAt",
                time(request.issuedAt()),
                "targets",
                entries,
                // Without a hole for it, it is passed over.
                "carried",
                request.carried().stream().map(ManifestSigner::carried).toList()));
  }

  private static Map<String, Object> carried(ManifestPart part) {
    Map<String, Object> content = new HashMap<>(part.owner().content());
    content.put("campaign", part.campaign());
    content.put("wave", part.wave());
    content.put("attempt", part.attempt());
    content.put("correlationId", part.correlationId());
    content.put("preconditions", part.preconditions().content());
    return content;
  }

  private static CanonicalJson.Template manifest(Terms terms) {
    Map<String, Object> custom = new HashMap<>(terms.owner().content());
    Stream.of("vin", "campaign", "wave", "attempt", "correlationId", "issuedAt")
        .forEach(name -> custom.put(name, new Hole(name)));
    custom.put("preconditions", terms.preconditions().content());
    if (terms.carries()) {
      custom.put("carried", new Hole("carried"));
    }
    Map<String, Object> content =
        Metadata.head(RootMetadata.TARGETS, new Hole("version"), new Hole("expires"));
    content.put("targets", new Hole("targets"));
    content.put("custom", custom);
    return CanonicalJson.template(content);
  }

  /** One entry for each image; the ECUs that get the same one share it. */
  private Map<String, Object> entries(String carriedFor, List<ManifestTarget> targets) {
    Map<ManifestImage, Map<String, Object>> ecusByImage = new HashMap<>();
    for (ManifestTarget target : targets) {
      ecusByImage
          .computeIfAbsent(target.image(), image -> new HashMap<>())
          .put(target.ecuSerial(), ecu(target));
    }
    Map<String, Object> entries = new HashMap<>();
    ecusByImage.forEach(
        (image, ecus) ->
            entries.put(
                image.fileName(),
                images
                    .computeIfAbsent(new Named(image, carriedFor), ManifestSigner::entry)
                    .with(Map.of("ecuIdentifiers", ecus))));
    return entries;
  }

  private static Map<String, Object> ecu(ManifestTarget target) {
    String sealed = target.keyPackage();
    return sealed == null
        ? Map.of("hardwareId", target.hardwareId())
        : Map.of("hardwareId", target.hardwareId(), "keyPackage", sealed);
  }

  private static CanonicalJson.Template entry(Named named) {
    ManifestImage image = named.image();
    Map<String, Object> entry = ImageDigest.content(image.length(), image.sha256(), image.sha512());
    Map<String, Object> custom = new HashMap<>();
    custom.put("ecuIdentifiers", new Hole("ecuIdentifiers"));
    custom.put("module", image.module());
    custom.put("releaseCounter", image.releaseCounter());
    custom.put("version", image.version());
    custom.put("encrypted", encrypted(image.encrypted()));
    custom.put("installOrder", image.installOrder());
    custom.put("installGroup", image.installGroup());
    if (!named.carriedFor().isEmpty()) {
      custom.put("campaign", named.carriedFor());
    }
    entry.put("custom", custom);
    return CanonicalJson.template(entry);
  }

  private static Map<String, Object> encrypted(EncryptedImage image) {
    Map<String, Object> content =
        ImageDigest.content(image.length(), image.sha256(), image.sha512());
    content.put("uri", image.uri());
    return content;
  }

  private static CanonicalJson.Template listing(String type, String listedRole) {
    return CanonicalJson.template(
        Metadata.listing(
            type,
            new Hole("version"),
            new Hole("expires"),
            Map.of("vin", new Hole("vin")),
            listedRole,
            new Hole("version"),
            new Hole("length"),
            new Hole("sha256")));
  }

  private static CanonicalJson.Filled listing(
      CanonicalJson.Template template, ManifestRequest request, String expires, byte[] listed) {
    return template.with(
        Map.of(
            "version", request.version(),
            "expires", expires,
            "vin", request.vin(),
            "length", listed.length,
            "sha256", Hashes.sha256(listed)));
  }
}
