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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The image repository in the outbox, {@code outbox/image}. Its targets list every image that may
 * be issued. They are signed here when enough of their keys are at hand, else by people who take
 * them elsewhere; snapshot and timestamp are always signed here. A file that is published is not
 * written again, and nothing is signed anew while nothing has changed and time is left.
 */
public final class ImageList {
  private static final Pattern VERSIONED =
      Pattern.compile("([0-9]{1,9})\\.(targets|snapshot)\\.json");

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
    RootMetadata root = repositories.currentRoot(Repository.IMAGE, now);
    SortedMap<String, ImageEntry> wanted = wanted(store, now);
    Optional<ImageTargets> signed = signed(root, now);
    List<String> lines = new ArrayList<>();
    if (signed.isEmpty() || isStale(signed.get(), wanted, now)) {
      List<SigningKey> keys = targetsKeys(root, now);
      if (keys.size() >= root.keys(KeyRole.IMAGE_TARGETS).threshold()) {
        ImageTargets next = next(wanted, now);
        signed = Optional.of(publish(store, next, SignedDocument.sign(next.content(), keys), now));
      } else {
        lines.addAll(waiting(signed, wanted));
      }
    }
    if (signed.isPresent()) {
      sealed(root, signed.get(), now);
    }
    return lines;
  }

  /**
   * The targets that wait for signatures: all images that may be issued, under the next number.
   *
   * @throws ConvoyException NOT_TRUSTED when the operators' trust root does not hold
   */
  public ImageTargets next(FleetStore store, Instant now) throws IOException {
    return next(wanted(store, now), now);
  }

  /**
   * Publishes targets that people have signed elsewhere.
   *
   * @throws ConvoyException NOT_TRUSTED when too few of their keys have signed them, they are
   *     expired, or not newer than what is published
   */
  public ImageTargets take(FleetStore store, SignedDocument document, Instant now)
      throws IOException {
    RootMetadata root = repositories.currentRoot(Repository.IMAGE, now);
    ImageTargets targets = ImageTargets.read(document.requireSignedBy(keys(root)));
    requireCurrent(document, targets, now);
    long highest = highest("targets");
    if (targets.version() <= highest) {
      throw document.signed().refused("version", (highest + 1) + " or more");
    }
    sealed(root, publish(store, targets, document.encoded(), now), now);
    return targets;
  }

  private static void requireCurrent(SignedDocument document, ImageTargets targets, Instant now) {
    if (!targets.expires().isAfter(now)) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "%s: expired at %s, and it is %s".formatted(document.where(), targets.expires(), now));
    }
  }

  /** The image repository as vehicles read it now. */
  public ImageRepository published(Instant now) throws IOException {
    return ImageRepository.open(folder(), repositories.currentRoot(Repository.IMAGE, now), now);
  }

  private SortedMap<String, ImageEntry> wanted(FleetStore store, Instant now) {
    Consent consent = new Consent(TrustRoot.of(home, settings).load(store, now).trust(), now);
    return ImageCatalog.of(store, consent);
  }

  private ImageTargets next(SortedMap<String, ImageEntry> wanted, Instant now) throws IOException {
    return new ImageTargets(
        highest("targets") + 1, now.plus(settings.imageRepository().targetsValidFor()), wanted);
  }

  private boolean isStale(ImageTargets targets, SortedMap<String, ImageEntry> wanted, Instant now) {
    return !targets.images().equals(wanted)
        || isHalfOver(targets.expires(), settings.imageRepository().targetsValidFor(), now);
  }

  private static boolean isHalfOver(Instant expires, Duration validFor, Instant now) {
    return expires.minus(validFor.dividedBy(2)).isBefore(now);
  }

  private List<SigningKey> targetsKeys(RootMetadata root, Instant now) throws IOException {
    List<SigningKey> keys = new ArrayList<>();
    for (KeyRing.Held held : repositories.keys().held(KeyRole.IMAGE_TARGETS, root)) {
      keys.add(held.requireCurrent(now));
    }
    return keys;
  }

  private static RoleKeys keys(RootMetadata root) {
    return root.keys(KeyRole.IMAGE_TARGETS);
  }

  /** What the signed targets lack; the time that they have left is told with the other ends. */
  private static List<String> waiting(
      Optional<ImageTargets> signed, SortedMap<String, ImageEntry> wanted) {
    SortedMap<String, ImageEntry> listed = signed.map(ImageTargets::images).orElseGet(TreeMap::new);
    List<String> missing =
        wanted.entrySet().stream()
            .filter(image -> !image.getValue().equals(listed.get(image.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    if (signed.isPresent() && missing.isEmpty() && listed.equals(wanted)) {
      return List.of();
    }
    return List.of(
        "image repository: its targets wait for signatures: ./convoy keys export image-targets"
            + (missing.isEmpty() ? "" : "; not listed yet: " + String.join(", ", missing)));
  }

  /** The highest targets file, when the root's keys have signed it and it holds. */
  private Optional<ImageTargets> signed(RootMetadata root, Instant now) throws IOException {
    long version = highest("targets");
    if (version == 0) {
      return Optional.empty();
    }
    String name = ManifestBundle.targetsFile(version);
    byte[] file = Files.readAllBytes(folder().resolve(name));
    SignedDocument document = SignedDocument.parse(file, Repository.IMAGE.folder() + "/" + name);
    if (!document.isSignedBy(keys(root))) {
      // A key was rotated: what is published has to be signed anew.
      return Optional.empty();
    }
    ImageTargets targets = ImageTargets.read(document);
    return targets.expires().isAfter(now) ? Optional.of(targets) : Optional.empty();
  }

  private ImageTargets publish(FleetStore store, ImageTargets targets, byte[] file, Instant now)
      throws IOException {
    String name = ManifestBundle.targetsFile(targets.version());
    new OutboxPublisher(home.outbox()).publishImageMetadata(name, file);
    PublishedMetadata.record(
        store,
        Repository.IMAGE.folder() + "/" + name,
        Hashes.sha256(file),
        "lists %d images".formatted(targets.images().size()),
        now);
    return targets;
  }

  /** Signs snapshot and timestamp, unless they hold as they are for long enough. */
  private void sealed(RootMetadata root, ImageTargets targets, Instant now) throws IOException {
    Duration validFor = settings.imageRepository().timestampValidFor();
    if (isSealed(root, targets, validFor, now)) {
      return;
    }
    KeyRing keys = repositories.keys();
    ImageSigner signer =
        new ImageSigner(
            keys.online(KeyRole.IMAGE_SNAPSHOT, root, now),
            keys.online(KeyRole.IMAGE_TIMESTAMP, root, now));
    OutboxPublisher outbox = new OutboxPublisher(home.outbox());
    var files =
        signer.sign(
            highest("snapshot") + 1,
            now.plus(validFor),
            targets.version(),
            Files.readAllBytes(folder().resolve(ManifestBundle.targetsFile(targets.version()))));
    for (var file : files.entrySet()) {
      outbox.publishImageMetadata(file.getKey(), file.getValue());
    }
  }

  private boolean isSealed(RootMetadata root, ImageTargets targets, Duration validFor, Instant now)
      throws IOException {
    try {
      ImageRepository present = ImageRepository.open(folder(), root, now);
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

  private long highest(String role) throws IOException {
    if (!Files.isDirectory(folder())) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> VERSIONED.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .filter(name -> name.group(2).equals(role))
          .map(name -> Long.valueOf(name.group(1)))
          .max(Comparator.naturalOrder())
          .orElse(0L);
    }
  }
}
