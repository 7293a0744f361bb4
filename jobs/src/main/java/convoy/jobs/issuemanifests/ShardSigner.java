package convoy.jobs.issuemanifests;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.campaign.OwnerTerms;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.ShardContent;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.FileDigest;
import convoy.data.manifest.EncryptedImage;
import convoy.data.manifest.ImageEntry;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestImage;
import convoy.data.manifest.ManifestPart;
import convoy.data.manifest.ManifestRequest;
import convoy.data.manifest.ManifestSigner;
import convoy.data.manifest.ManifestTarget;
import convoy.data.status.RollbackFold;
import convoy.data.trust.StrictJson;
import convoy.data.update.Preconditions;
import convoy.jobs.images.KeyPackages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns a prepared shard into signed manifests. The same shard always says the same; its bytes are
 * the same too, unless a key lies in a hardware module.
 */
final class ShardSigner {
  private final ManifestSigner signer;
  private final @Nullable ImageTargets images;
  private final KeyPackages packages;
  private final String imageBaseUri;
  private final Ahead ahead;

  /**
   * @param images what the image repository lists: a manifest says the same or is not signed; null
   *     where it does not hold, which leaves manifests that install nothing
   * @param packages the keys of images, for the ECUs that have certificates
   * @param imageBaseUri the URI under which vehicles download images, ending in a slash
   * @param ahead signs
   */
  ShardSigner(
      ManifestSigner signer,
      @Nullable ImageTargets images,
      KeyPackages packages,
      String imageBaseUri,
      Ahead ahead) {
    this.signer = signer;
    this.images = images;
    this.packages = packages;
    this.imageBaseUri = imageBaseUri;
    this.ahead = ahead;
  }

  /** The ids of the keys that sign. */
  SortedSet<String> keyids() {
    return signer.keyids();
  }

  /** The manifests that belong into a shard, in the order of VINs; the first ones are begun. */
  Ahead.Results<?, ManifestBundle> sign(FleetStore store, Issuing.Shard shard) {
    ShardContent content = ShardContent.of(store, shard);
    Map<ShardContent.Asking, Terms> terms = new HashMap<>();
    content.terms().forEach((asking, said) -> terms.put(asking, terms(store, asking, said)));
    // Whatever the store says of their campaign, what takes others back installs nothing for it.
    Terms own =
        shard.withdrawal() == null
            ? Objects.requireNonNull(terms.get(ShardContent.Asking.of(shard)))
            : new Terms(Preconditions.NONE, OwnerTerms.DEFAULT, new Images(List.of()));
    // Signing and sealing keys are most of the work.
    return ahead.map(content.requests(), request -> signer.sign(manifest(request, own, terms)));
  }

  /** On what terms the manifests of one campaign install something. */
  private record Terms(Preconditions preconditions, OwnerTerms owner, Images images) {}

  private Terms terms(FleetStore store, ShardContent.Asking asking, ShardContent.Terms terms) {
    Preconditions asked =
        Preconditions.read(
            StrictJson.parse(
                terms.preconditions().getBytes(UTF_8), asking.campaign() + ": preconditions"));
    Images named = new Images(terms.images());
    if (!asking.rollback()) {
      return new Terms(
          asked, OwnerTerms.of(Campaigns.require(store, asking.campaign()).definition()), named);
    }
    // No owner is asked, and none told what the campaign says of its update. Its campaign may be
    // one that cannot be trusted, so a vehicle is parked whatever the store says of it.
    return new Terms(
        new Preconditions(true, asked.battery(), asked.duration()),
        new OwnerTerms(RollbackFold.CONSENT, null),
        named);
  }

  /** What an ECU gets its image by. */
  private record Release(String module, String hardwareId, int releaseCounter) {}

  /** What manifests say of images. Threads share it. */
  private final class Images {
    private final List<ShardContent.Image> all;
    private final Map<Release, ManifestImage> named = new ConcurrentHashMap<>();

    Images(List<ShardContent.Image> all) {
      this.all = all;
    }

    ManifestImage of(String where, ShardContent.Ecu ecu) {
      return named.computeIfAbsent(
          new Release(ecu.module(), ecu.hardwareId(), ecu.releaseCounter()),
          release -> only(where, ecu));
    }

    private ManifestImage only(String where, ShardContent.Ecu ecu) {
      List<ShardContent.Image> found =
          all.stream()
              .filter(image -> image.module().equals(ecu.module()))
              .filter(image -> image.releaseCounter() == ecu.releaseCounter())
              .filter(
                  image ->
                      image.hardwareIds().isEmpty()
                          || image.hardwareIds().contains(ecu.hardwareId()))
              .toList();
      if (found.size() != 1) {
        throw new ConvoyException(
            ErrorCode.NOT_TRUSTED,
            "%s: ECU '%s': found %d images of %s for hardware %s with release counter %d, expected one"
                .formatted(
                    where,
                    ecu.serial(),
                    found.size(),
                    ecu.module(),
                    ecu.hardwareId(),
                    ecu.releaseCounter()));
      }
      return image(found.get(0));
    }
  }

  private List<ManifestTarget> targets(String vin, List<ShardContent.Ecu> ecus, Images named) {
    String where = "manifest for " + vin;
    List<ManifestTarget> targets = new ArrayList<>(ecus.size());
    for (ShardContent.Ecu ecu : ecus) {
      ImageTargets listed = Objects.requireNonNull(images, "an image repository that holds");
      ManifestImage image = named.of(where, ecu);
      ManifestTarget target =
          new ManifestTarget(
              ecu.serial(), ecu.hardwareId(), keyPackage(where, ecu, image.sha256()), image);
      listed.requireMatch(where, target);
      targets.add(target);
    }
    return targets;
  }

  private ManifestRequest manifest(
      ShardContent.Request request, Terms own, Map<ShardContent.Asking, Terms> carried) {
    return new ManifestRequest(
        request.vin(),
        request.version(),
        request.campaign(),
        request.wave(),
        request.attempt(),
        request.correlationId(),
        request.issuedAt(),
        request.expiresAt(),
        own.preconditions(),
        own.owner(),
        targets(request.vin(), request.ecus(), own.images()),
        request.carried().stream()
            .map(
                part ->
                    part(request.vin(), part, Objects.requireNonNull(carried.get(part.asking()))))
            .toList());
  }

  private ManifestPart part(String vin, ShardContent.Carried part, Terms terms) {
    return new ManifestPart(
        part.asking().campaign(),
        part.wave(),
        part.attempt(),
        part.correlationId(),
        terms.preconditions(),
        terms.owner(),
        targets(vin, part.ecus(), terms.images()));
  }

  private ManifestImage image(ShardContent.Image image) {
    FileDigest clear = image.clear();
    FileDigest encrypted = image.encrypted();
    return new ManifestImage(
        image.module(),
        ImageEntry.name(image.module(), image.releaseCounter(), image.fileName()),
        clear.length(),
        clear.sha256(),
        clear.sha512(),
        image.version(),
        image.releaseCounter(),
        new EncryptedImage(
            encrypted.length(),
            encrypted.sha256(),
            encrypted.sha512(),
            imageBaseUri + EncryptedImage.fileName(encrypted.sha256(), image.fileName())),
        image.installOrder(),
        image.installGroup());
  }

  /** For an ECU without a certificate there is no package, and nothing else changes. */
  private @Nullable String keyPackage(String where, ShardContent.Ecu ecu, String sha256) {
    String certificate = ecu.certificate();
    if (certificate == null) {
      return null;
    }
    try {
      return packages.of(sha256, certificate);
    } catch (ConvoyException e) {
      throw new ConvoyException(
          e.code(),
          "%s: key package of ECU '%s': %s".formatted(where, ecu.serial(), e.getMessage()),
          e);
    }
  }
}
