package convoy.jobs.issuemanifests;

import convoy.data.campaign.OwnerTerms;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.Rollbacks;
import convoy.data.error.ConvoyException;
import convoy.data.manifest.EncryptedImage;
import convoy.data.manifest.ImageEntry;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestRequest;
import convoy.data.manifest.ManifestSigner;
import convoy.data.manifest.ManifestTarget;
import convoy.data.update.Battery;
import convoy.data.update.Preconditions;
import convoy.jobs.images.KeyPackages;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns a prepared shard into signed manifests. The same shard always says the same; its bytes are
 * the same too, unless a key lies in a hardware module.
 */
final class ShardSigner {
  private static final JsonMapper JSON = new JsonMapper();

  private final ManifestSigner signer;
  private final @Nullable ImageTargets images;
  private final KeyPackages packages;
  private final String imageBaseUri;

  /**
   * @param images what the image repository lists: a manifest says the same or is not signed; null
   *     where it does not hold, which leaves manifests that install nothing
   * @param packages the keys of images, for the ECUs that have certificates
   * @param imageBaseUri the URI under which vehicles download images, ending in a slash
   */
  ShardSigner(
      ManifestSigner signer,
      @Nullable ImageTargets images,
      KeyPackages packages,
      String imageBaseUri) {
    this.signer = signer;
    this.images = images;
    this.packages = packages;
    this.imageBaseUri = imageBaseUri;
  }

  /** A shard with the manifests that belong into it. */
  record SignedShard(Issuing.Shard shard, List<ManifestBundle> bundles) {}

  SignedShard sign(FleetStore store, Issuing.Shard shard) {
    if (shard.withdrawal() != null) {
      return new SignedShard(shard, withdrawals(store, shard));
    }
    return new SignedShard(
        shard, shard.rollback() == null ? updates(store, shard) : rollbacks(store, shard));
  }

  private List<ManifestBundle> updates(FleetStore store, Issuing.Shard shard) {
    OwnerTerms owner = OwnerTerms.of(Campaigns.require(store, shard.campaign()).definition());
    return installing(Issuing.requests(store, shard), UnaryOperator.identity(), owner);
  }

  /**
   * No owner is asked, and none told what the campaign says of its update. Its campaign may be one
   * that cannot be trusted, so a vehicle is parked whatever the store says of it.
   */
  private List<ManifestBundle> rollbacks(FleetStore store, Issuing.Shard shard) {
    return installing(
        Issuing.rollbacks(store, shard),
        asked -> new Preconditions(true, asked.battery(), asked.duration()),
        new OwnerTerms(Rollbacks.CONSENT, null));
  }

  private List<ManifestBundle> installing(
      List<Issuing.Request> requests, UnaryOperator<Preconditions> conditions, OwnerTerms owner) {
    ImageTargets listed = Objects.requireNonNull(images, "an image repository that holds");
    // Signing and sealing keys are most of the work: on all cores. The list keeps its order.
    return requests.parallelStream()
        .map(request -> signer.sign(manifest(request, conditions, owner, listed)))
        .toList();
  }

  /** Whatever the store says of their campaign and targets, these install nothing. */
  private List<ManifestBundle> withdrawals(FleetStore store, Issuing.Shard shard) {
    return Issuing.withdrawals(store, shard).stream()
        .map(
            request ->
                signer.sign(manifest(request, Preconditions.NONE, OwnerTerms.DEFAULT, List.of())))
        .toList();
  }

  /**
   * One target as the store words it.
   *
   * @param certificate the ECU's, its DER in Base64; null when none is known
   * @param fileName the image's file name in its update
   */
  private record Target(
      String module,
      String ecuSerial,
      String hardwareId,
      @Nullable String certificate,
      String fileName,
      long length,
      String sha256,
      String sha512,
      long encryptedLength,
      String encryptedSha256,
      String encryptedSha512,
      String version,
      int releaseCounter,
      int installOrder,
      int installGroup) {}

  /** As {@link Preconditions#content} writes them. */
  private record Conditions(
      @Nullable Boolean parked, @Nullable Integer batteryPercent, @Nullable Long durationSeconds) {

    Preconditions asked() {
      return new Preconditions(
          parked,
          batteryPercent == null ? null : new Battery(batteryPercent),
          durationSeconds == null ? null : Duration.ofSeconds(durationSeconds));
    }
  }

  private ManifestRequest manifest(
      Issuing.Request request,
      UnaryOperator<Preconditions> conditions,
      OwnerTerms owner,
      ImageTargets listed) {
    List<ManifestTarget> targets =
        List.of(JSON.readValue(request.targets(), Target[].class)).stream()
            .map(target -> target(request.vin(), target))
            .toList();
    targets.forEach(target -> listed.requireMatch("manifest for " + request.vin(), target));
    Preconditions asked = JSON.readValue(request.preconditions(), Conditions.class).asked();
    return manifest(request, conditions.apply(asked), owner, targets);
  }

  private static ManifestRequest manifest(
      Issuing.Request request,
      Preconditions preconditions,
      OwnerTerms owner,
      List<ManifestTarget> targets) {
    return new ManifestRequest(
        request.vin(),
        request.version(),
        request.campaign(),
        request.wave(),
        request.attempt(),
        request.correlationId(),
        request.issuedAt(),
        request.expiresAt(),
        preconditions,
        owner,
        targets);
  }

  /** For an ECU without a certificate there is no package, and nothing else changes. */
  private @Nullable String keyPackage(String vin, Target target) {
    String certificate = target.certificate();
    if (certificate == null) {
      return null;
    }
    try {
      return packages.of(target.sha256(), certificate);
    } catch (ConvoyException e) {
      throw new ConvoyException(
          e.code(),
          "manifest for %s: key package of ECU '%s': %s"
              .formatted(vin, target.ecuSerial(), e.getMessage()),
          e);
    }
  }

  private ManifestTarget target(String vin, Target target) {
    return new ManifestTarget(
        target.module(),
        target.ecuSerial(),
        target.hardwareId(),
        keyPackage(vin, target),
        ImageEntry.name(target.module(), target.releaseCounter(), target.fileName()),
        target.length(),
        target.sha256(),
        target.sha512(),
        target.version(),
        target.releaseCounter(),
        new EncryptedImage(
            target.encryptedLength(),
            target.encryptedSha256(),
            target.encryptedSha512(),
            imageBaseUri + EncryptedImage.fileName(target.encryptedSha256(), target.fileName())),
        target.installOrder(),
        target.installGroup());
  }
}
