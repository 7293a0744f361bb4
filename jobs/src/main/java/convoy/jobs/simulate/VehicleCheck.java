package convoy.jobs.simulate;

import convoy.data.error.ConvoyException;
import convoy.data.manifest.ImageRepository;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestVerifier;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChain;
import convoy.data.manifest.RootMetadata;
import convoy.data.manifest.VerifiedManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a vehicle checks of a manifest before it acts (docs/formats/update-manifest.md, "What a
 * vehicle checks"), at its own time. What it took before, {@link VehicleHistory} compares.
 */
final class VehicleCheck {
  private final Path images;
  private @Nullable ManifestVerifier director;
  private @Nullable ImageRepository repository;

  /** What is wrong with a repository as a whole: then no vehicle takes anything. */
  private @Nullable ConvoyException problem;

  VehicleCheck(Path outbox) throws IOException {
    images = outbox.resolve(Repository.IMAGE.folder());
    try {
      RootMetadata root = RootChain.latest(outbox.resolve(Repository.DIRECTOR.folder()));
      // What has run out depends on the vehicle's time.
      ImageRepository found = ImageRepository.open(images, Instant.EPOCH);
      root.requireNoKeyOf(found.root());
      director = new ManifestVerifier(root);
      repository = found;
    } catch (ConvoyException e) {
      problem = e;
    }
  }

  /**
   * Checks a manifest.
   *
   * @param now the vehicle's time
   * @throws ConvoyException NOT_TRUSTED when the vehicle refuses it
   */
  VerifiedManifest verify(ManifestBundle bundle, Instant now) throws IOException {
    if (director == null || repository == null) {
      throw problem == null ? new IllegalStateException("no repository, and no reason") : problem;
    }
    VerifiedManifest manifest = director.verify(bundle.vin(), bundle, now, null);
    if (!repository.isCurrent(now)) {
      ImageRepository.open(images, now);
    }
    return manifest.requireMatch(repository.targets());
  }
}
