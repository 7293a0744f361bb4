package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.trust.SignedDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What vehicles took before, as far as it is at hand: their manifests, and the roots and lists of
 * images beside these. A vehicle keeps it, and takes nothing that goes back behind it (TUF 1.0.34,
 * sections 5.3.5, 5.4.3 and 5.6.4; Uptane Standard 2.1, "Verify image", step 4). It is believed as
 * it is: the keys that signed it may be refused by now. For one thread.
 */
public final class TakenBefore {
  private final Map<String, TakenManifest> latest = new HashMap<>();
  private final Map<String, Map<String, Integer>> counters = new HashMap<>();
  private final Map<Repository, Long> roots = new EnumMap<>(Repository.class);
  private final @Nullable Long after;
  private long images;

  /**
   * @param after a version that every vehicle has taken; null for none
   */
  public TakenBefore(@Nullable Long after) {
    this.after = after;
  }

  /**
   * Adds a manifest that its vehicle took.
   *
   * @throws ConvoyException NOT_TRUSTED when it is none
   */
  public void add(String vin, byte[] targets, String where) {
    Metadata metadata =
        Metadata.read(SignedDocument.parse(targets, where), RootMetadata.TARGETS)
            .requireVehicle(vin);
    add(TargetsContent.read(vin, metadata).taken());
  }

  /** Adds a manifest that its vehicle took. */
  public void add(TakenManifest manifest) {
    latest.merge(manifest.vin(), manifest, (one, two) -> two.version() > one.version() ? two : one);
    Map<String, Integer> taken = counters.computeIfAbsent(manifest.vin(), v -> new HashMap<>());
    manifest.counters().forEach((ecu, counter) -> taken.merge(ecu, counter, Math::max));
  }

  /** Adds what a folder has of a repository: its roots and, of images, its lists. */
  public void addRepository(Repository repository, Path folder) throws IOException {
    roots.merge(repository, VersionedFiles.highest(folder, RootMetadata.ROOT), Math::max);
    if (repository == Repository.IMAGE) {
      images = Math.max(images, VersionedFiles.highest(folder, RootMetadata.TARGETS));
    }
  }

  /** Of how many vehicles something is known. */
  public int vehicles() {
    return latest.size();
  }

  /** The version that the vehicle took last; null where that is not known. */
  public @Nullable Long version(String vin) {
    TakenManifest manifest = latest.get(vin);
    if (manifest == null) {
      return after;
    }
    return after == null ? manifest.version() : Math.max(after, manifest.version());
  }

  /**
   * Checks that no root and no list of images was set back.
   *
   * @throws ConvoyException NOT_TRUSTED when one was
   */
  public void requireNotBehind(RootMetadata director, ImageRepository repository) {
    requireRoot(Repository.DIRECTOR, director);
    requireRoot(Repository.IMAGE, repository.root());
    if (repository.targets().version() < images) {
      throw Metadata.untrusted(
          "the list of images was set back: found version %d, expected %d or later, which was taken before"
              .formatted(repository.targets().version(), images));
    }
  }

  private void requireRoot(Repository repository, RootMetadata found) {
    long taken = roots.getOrDefault(repository, 0L);
    if (found.version() < taken) {
      throw Metadata.untrusted(
          "the root of %s was set back: found version %d, expected %d or later, which was taken before"
              .formatted(repository.words(), found.version(), taken));
    }
  }

  /**
   * Checks a manifest against those that its vehicle took.
   *
   * @throws RefusedManifest when it is older than one of them, gives a version another content, or
   *     lowers the release counter of an ECU
   */
  public void requireFollows(TakenManifest manifest) {
    long version = manifest.version();
    Long last = version(manifest.vin());
    if (last != null && version < last) {
      throw manifest.refused(null, "older than version " + last + ", which this vehicle has seen");
    }
    TakenManifest taken = latest.get(manifest.vin());
    if (taken != null
        && taken.version() == version
        && !taken.content().equals(manifest.content())) {
      throw manifest.refused(
          null,
          "says something else than the version %d that this vehicle has taken, expected a higher version"
              .formatted(version));
    }
    Map<String, Integer> known = counters.getOrDefault(manifest.vin(), Map.of());
    new TreeMap<>(manifest.counters())
        .forEach(
            (ecu, counter) -> {
              int least = known.getOrDefault(ecu, 0);
              if (counter < least) {
                throw manifest.refused(
                    ecu, "ECU '%s': %s".formatted(ecu, VerifiedManifest.lowered(counter, least)));
              }
            });
  }
}
