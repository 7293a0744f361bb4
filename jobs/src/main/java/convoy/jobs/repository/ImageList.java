package convoy.jobs.repository;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.PublishedMetadata;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.ImageEntry;
import convoy.data.manifest.ImageRepository;
import convoy.data.manifest.ImageSigner;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootMetadata;
import convoy.data.manifest.VersionedFiles;
import convoy.data.trust.Consent;
import convoy.data.trust.Hashes;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.jobs.trust.TrustRoot;
import convoy.writers.manifest.OutboxPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The image repository in the outbox, {@code outbox/image}. Its targets list every image that may
 * be issued. They are signed here when enough of their keys are at hand, else by people who take
 * them elsewhere; snapshot and timestamp are always signed here. A file that is published is not
 * written again, and nothing is signed anew while nothing has changed and time is left.
 */
public final class ImageList {
  private final Home home;
  private final ConvoySettings settings;
  private final Repositories repositories;

  public ImageList(Home home, ConvoySettings settings, Repositories repositories) {
    this.home = home;
    this.settings = settings;
    this.repositories = repositories;
  }

  /**
   * Brings the image repository up to what is registered, as far as it can be signed here.
   *
   * @return what a person has to know or do, a sentence each
   * @throws ConvoyException NOT_TRUSTED when the root does not hold or an online key is not there
   */
  public List<String> publish(FleetStore store, Instant now) throws IOException {
    RootMetadata root = repositories.currentRoot(store, Repository.IMAGE, now);
    SortedMap<String, ImageEntry> wanted = wanted(store, now);
    Optional<ImageTargets> signed = signed(store, root, now);
    List<String> lines = new ArrayList<>();
    if (signed.isEmpty() || isStale(signed.get(), wanted, now)) {
      List<SigningKey> keys = repositories.keys().signing(KeyRole.IMAGE_TARGETS, root, now);
      if (keys.size() >= keys(root).threshold()) {
        ImageTargets next = next(store, wanted, now);
        signed = Optional.of(publish(store, next, SignedDocument.sign(next.content(), keys), now));
      } else {
        lines.addAll(waiting(signed, wanted));
      }
    }
    if (signed.isPresent()) {
      seal(store, root, signed.get(), now);
    }
    return lines;
  }

  /**
   * The targets that wait for signatures: all images that may be issued, under the next number.
   *
   * @throws ConvoyException NOT_TRUSTED when the operators' trust root does not hold
   */
  public ImageTargets next(FleetStore store, Instant now) throws IOException {
    return next(store, wanted(store, now), now);
  }

  /**
   * Takes targets that people have signed elsewhere; {@link #publish} signs snapshot and timestamp
   * of them.
   *
   * @throws ConvoyException NOT_TRUSTED when too few of their keys have signed them, they are
   *     expired, or not newer than what was published
   */
  public ImageTargets take(FleetStore store, SignedDocument document, Instant now)
      throws IOException {
    RootMetadata root = repositories.currentRoot(store, Repository.IMAGE, now);
    ImageTargets targets = ImageTargets.readCurrent(document.requireSignedBy(keys(root)), now);
    long highest = highest(store, KeyRole.IMAGE_TARGETS);
    if (targets.version() <= highest) {
      throw document.signed().refused("version", (highest + 1) + " or more");
    }
    return publish(store, targets, document.encoded(), now);
  }

  /**
   * The image repository as vehicles read it now.
   *
   * @param root its latest root
   */
  public ImageRepository published(RootMetadata root, Instant now) throws IOException {
    return ImageRepository.open(folder(), root, now);
  }

  private SortedMap<String, ImageEntry> wanted(FleetStore store, Instant now) {
    Consent consent = new Consent(TrustRoot.of(home, settings).load(store, now).trust(), now);
    return ImageCatalog.of(store, consent);
  }

  private ImageTargets next(FleetStore store, SortedMap<String, ImageEntry> wanted, Instant now)
      throws IOException {
    return new ImageTargets(
        highest(store, KeyRole.IMAGE_TARGETS) + 1,
        now.plus(settings.imageRepository().targetsValidFor()),
        wanted);
  }

  private boolean isStale(ImageTargets targets, SortedMap<String, ImageEntry> wanted, Instant now) {
    return !targets.images().equals(wanted)
        || isHalfOver(targets.expires(), settings.imageRepository().targetsValidFor(), now);
  }

  private static boolean isHalfOver(Instant expires, Duration validFor, Instant now) {
    return expires.minus(validFor.dividedBy(2)).isBefore(now);
  }

  private static RoleKeys keys(RootMetadata root) {
    return root.keys(KeyRole.IMAGE_TARGETS);
  }

  /** How the signed targets differ; the time that they have left is told with the other ends. */
  private static List<String> waiting(
      Optional<ImageTargets> signed, SortedMap<String, ImageEntry> wanted) {
    SortedMap<String, ImageEntry> listed = signed.map(ImageTargets::images).orElseGet(TreeMap::new);
    if (signed.isPresent() && listed.equals(wanted)) {
      return List.of();
    }
    List<String> missing =
        wanted.entrySet().stream()
            .filter(image -> !image.getValue().equals(listed.get(image.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    List<String> withdrawn = listed.keySet().stream().filter(i -> !wanted.containsKey(i)).toList();
    return List.of(
        "image repository: its targets wait for signatures: ./convoy keys export image-targets"
            + named("; not listed yet: ", missing)
            + named("; no longer to be listed: ", withdrawn));
  }

  private static String named(String what, List<String> images) {
    return images.isEmpty() ? "" : what + String.join(", ", images);
  }

  /** The latest targets file, when it is there, the root's keys have signed it and it holds. */
  private Optional<ImageTargets> signed(FleetStore store, RootMetadata root, Instant now)
      throws IOException {
    String name = ManifestBundle.targetsFile(highest(store, KeyRole.IMAGE_TARGETS));
    Path file = folder().resolve(name);
    if (Files.notExists(file)) {
      // None so far, or it was taken out of the outbox: the next one has a new number.
      return Optional.empty();
    }
    SignedDocument document =
        SignedDocument.parse(Files.readAllBytes(file), Repository.IMAGE.folder() + "/" + name);
    if (!document.isSignedBy(keys(root))) {
      // A key was rotated: what is published has to be signed anew.
      return Optional.empty();
    }
    ImageTargets targets = ImageTargets.read(document);
    return targets.expires().isAfter(now) ? Optional.of(targets) : Optional.empty();
  }

  private ImageTargets publish(FleetStore store, ImageTargets targets, byte[] file, Instant now)
      throws IOException {
    publish(
        store,
        ManifestBundle.targetsFile(targets.version()),
        file,
        "lists %d images".formatted(targets.images().size()),
        now);
    return targets;
  }

  private void publish(FleetStore store, String name, byte[] file, String what, Instant now)
      throws IOException {
    new OutboxPublisher(home.outbox()).publishImageMetadata(name, file);
    PublishedMetadata.record(
        store, Repository.IMAGE.folder() + "/" + name, Hashes.sha256(file), what, now);
  }

  /** Signs snapshot and timestamp, unless they hold as they are for long enough. */
  private void seal(FleetStore store, RootMetadata root, ImageTargets targets, Instant now)
      throws IOException {
    Duration validFor = settings.imageRepository().timestampValidFor();
    if (isSealed(root, targets, validFor, now)) {
      return;
    }
    KeyRing keys = repositories.keys();
    ImageSigner signer =
        new ImageSigner(
            keys.online(KeyRole.IMAGE_SNAPSHOT, root, now),
            keys.online(KeyRole.IMAGE_TIMESTAMP, root, now));
    long version = highest(store, KeyRole.IMAGE_SNAPSHOT) + 1;
    Map<String, byte[]> files =
        signer.sign(
            version,
            now.plus(validFor),
            targets.version(),
            Files.readAllBytes(folder().resolve(ManifestBundle.targetsFile(targets.version()))));
    for (var file : files.entrySet()) {
      if (file.getKey().equals(ManifestBundle.timestampFile())) {
        // It has no number, and is replaced.
        new OutboxPublisher(home.outbox()).publishImageMetadata(file.getKey(), file.getValue());
      } else {
        publish(
            store,
            file.getKey(),
            file.getValue(),
            "lists %d.targets.json".formatted(targets.version()),
            now);
      }
    }
  }

  private boolean isSealed(RootMetadata root, ImageTargets targets, Duration validFor, Instant now)
      throws IOException {
    try {
      ImageRepository present = published(root, now);
      return present.targets().version() == targets.version()
          && !isHalfOver(present.expires(), validFor, now);
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      // Not there yet, expired, or signed by a key that was rotated.
      return false;
    }
  }

  private Path folder() {
    return home.outbox().resolve(Repository.IMAGE.folder());
  }

  /**
   * The highest version that was ever published. A published file may be taken out of the outbox
   * (docs/delivery.md), and the audit log need not have one yet that was just written: both count,
   * since a number that vehicles have seen is never given again.
   */
  private long highest(FleetStore store, KeyRole role) throws IOException {
    return Math.max(
        VersionedFiles.highest(folder(), role.role()),
        PublishedMetadata.highest(store, Repository.IMAGE.folder(), role.role()));
  }
}
