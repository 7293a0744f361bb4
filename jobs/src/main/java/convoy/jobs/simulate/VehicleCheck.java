package convoy.jobs.simulate;

import convoy.data.error.ConvoyException;
import convoy.data.manifest.ImageEntry;
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
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a vehicle checks of a manifest before it acts (docs/formats/update-manifest.md, "What a
 * vehicle checks"), at its own time. What it took before, {@link VehicleHistory} compares.
 */
final class VehicleCheck {
  private @Nullable ManifestVerifier director;
  private @Nullable ImageRepository repository;

  /** What is wrong with a repository as a whole: then no vehicle takes anything. */
  private @Nullable ConvoyException problem;

  VehicleCheck(Path outbox) throws IOException {
    try {
      RootMetadata root = RootChain.latest(outbox.resolve(Repository.DIRECTOR.folder()));
      // What has run out depends on the vehicle's time.
      ImageRepository found =
          ImageRepository.open(outbox.resolve(Repository.IMAGE.folder()), Instant.EPOCH);
      root.requireNoKeyOf(found.root());
      director = new ManifestVerifier(root);
      repository = found;
    } catch (ConvoyException e) {
      problem = e;
    }
  }

  /** The images that the image repository lists; none where it does not hold. */
  Collection<ImageEntry> images() {
    return repository == null ? List.of() : repository.targets().images().values();
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
    return manifest.requireMatch(repository.requireCurrent(now).targets());
  }
}
