package convoy.jobs.repository;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.PublishedMetadata;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChain;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.Hashes;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.writers.manifest.OutboxPublisher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Director and the image repository of an installation. The home keeps every root of each
 * beside its keys; the outbox gets copies.
 */
public final class Repositories {
  /** How long keys that are made here sign. */
  public static final Duration KEY_VALID = Duration.ofDays(730);

  /** How long a root holds, unless a command says otherwise. */
  public static final Duration ROOT_VALID = Duration.ofDays(3650);

  private static final int PASSWORD_BYTES = 24;

  private final Home home;
  private final KeyRing keys;

  private Repositories(Home home, KeyRing keys) {
    this.home = home;
    this.keys = keys;
  }

  /** Those of an installation. */
  public static Repositories of(Home home, ConvoySettings settings) {
    return new Repositories(home, KeyRing.of(home, settings));
  }

  /** The private keys that are at hand. */
  public KeyRing keys() {
    return keys;
  }

  /**
   * Makes all keys, and the first root of each repository, for trial: everything can be signed
   * unattended.
   *
   * @param inModule the labels of keys that are in the hardware module already, by their role; the
   *     others are made in the home
   * @throws ConvoyException USAGE when there are keys or roots already; CONFIGURATION or
   *     NOT_TRUSTED when a key of the module cannot be had, or is one of both repositories; nothing
   *     is changed then
   */
  public void createTrial(Map<KeyRole, String> inModule, Instant now) throws IOException {
    for (Repository repository : Repository.values()) {
      if (Files.exists(keys.folder(repository))) {
        throw new ConvoyException(
            ErrorCode.USAGE,
            keys.folder(repository) + ": found keys already, which are left as they are");
      }
    }
    Trial director = trial(Repository.DIRECTOR, inModule, now);
    Trial image = trial(Repository.IMAGE, inModule, now);
    director.root().requireNoKeyOf(image.root());
    if (Files.notExists(keys.passwordFile())) {
      AtomicFiles.writePrivate(
          keys.passwordFile(), (newPassword() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    keep(Repository.DIRECTOR, director, now);
    keep(Repository.IMAGE, image, now);
  }

  /**
   * The first root of a repository.
   *
   * @param made the keys that are to lie in the home
   */
  private record Trial(RootMetadata root, Map<KeyRole, SigningKey> made) {}

  private Trial trial(Repository repository, Map<KeyRole, String> inModule, Instant now)
      throws IOException {
    Map<KeyRole, RoleKeys> roles = new EnumMap<>(KeyRole.class);
    Map<KeyRole, SigningKey> made = new EnumMap<>(KeyRole.class);
    for (KeyRole role : KeyRole.of(repository)) {
      String label = inModule.get(role);
      SigningKey key = label == null ? SigningKey.generate() : keys.inModule(role, label, now);
      if (label == null) {
        made.put(role, key);
      }
      roles.put(role, RootMetadata.roleKeys(role, 1, List.of(key.publicKey())));
    }
    return new Trial(RootMetadata.first(roles, now.plus(ROOT_VALID)), made);
  }

  private void keep(Repository repository, Trial trial, Instant now) throws IOException {
    for (Map.Entry<KeyRole, SigningKey> key : trial.made().entrySet()) {
      keys.store(key.getKey(), key.getValue(), now, now.plus(KEY_VALID));
    }
    SigningKey rootKey = Objects.requireNonNull(trial.made().get(KeyRole.rootOf(repository)));
    AtomicFiles.write(
        rootFile(repository, 1), SignedDocument.sign(trial.root().content(), List.of(rootKey)));
  }

  /** A password that nobody has to remember. */
  public static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Where the home has a root. */
  Path rootFile(Repository repository, long version) {
    return keys.folder(repository).resolve(RootMetadata.fileName(version));
  }

  /** Where the next root waits for signatures. */
  public Path waitingFile(RootMetadata present, Repository repository) {
    return keys.folder(repository)
        .resolve(RootMetadata.fileName(present.version() + 1) + ".waiting");
  }

  /** The next root that waits for signatures. */
  public Optional<SignedDocument> waiting(RootMetadata present, Repository repository)
      throws IOException {
    Path file = waitingFile(present, repository);
    return Files.exists(file)
        ? Optional.of(SignedDocument.parse(Files.readAllBytes(file), file.getFileName().toString()))
        : Optional.empty();
  }

  /**
   * Keeps a next root that waits for signatures.
   *
   * @param what it changes, and why, for the audit log
   */
  public void propose(
      Repository repository,
      RootMetadata present,
      byte[] next,
      FleetStore store,
      String what,
      Instant now)
      throws IOException {
    keepWaiting(repository, present, next);
    PublishedMetadata.recordProposed(
        store, published(repository, present.version() + 1), Hashes.sha256(next), what, now);
  }

  private void keepWaiting(Repository repository, RootMetadata present, byte[] next)
      throws IOException {
    AtomicFiles.write(waitingFile(present, repository), next);
  }

  /**
   * Puts a next root in the place of the present one, and publishes it.
   *
   * @param next its file, which has been checked
   * @param what it changes, for the audit log
   */
  public void replace(
      Repository repository,
      RootMetadata present,
      byte[] next,
      FleetStore store,
      String what,
      Instant now)
      throws IOException {
    long version = present.version() + 1;
    keepWaiting(repository, present, next);
    AtomicFiles.rename(waitingFile(present, repository), rootFile(repository, version));
    PublishedMetadata.record(store, published(repository, version), Hashes.sha256(next), what, now);
    publishRoots(store, now);
  }

  private static String published(Repository repository, long version) {
    return repository.folder() + "/" + RootMetadata.fileName(version);
  }

  /** The latest root of each repository; either may be expired. */
  public record Roots(RootMetadata director, RootMetadata image) {
    public RootMetadata of(Repository repository) {
      return repository == Repository.DIRECTOR ? director : image;
    }
  }

  /**
   * The latest roots, as their files say.
   *
   * @throws ConvoyException NOT_TRUSTED when a chain of roots does not hold, or a key of one is the
   *     other repository's too
   */
  public Roots roots() throws IOException {
    return latest(null);
  }

  /**
   * The same, when none is older than what the store has seen: a root that was taken away would
   * undo what it revoked.
   *
   * @throws ConvoyException NOT_TRUSTED when they do not hold, or one was set back
   */
  public Roots roots(FleetStore store) throws IOException {
    return latest(store);
  }

  private Roots latest(@Nullable FleetStore store) throws IOException {
    RootMetadata director = latest(Repository.DIRECTOR, store);
    RootMetadata image = latest(Repository.IMAGE, store);
    director.requireNoKeyOf(image);
    return new Roots(director, image);
  }

  /**
   * The latest root of one of them.
   *
   * @param store what it has seen; null: is not asked
   * @throws ConvoyException NOT_TRUSTED when its chain does not hold, or it was set back
   */
  RootMetadata latest(Repository repository, @Nullable FleetStore store) throws IOException {
    RootMetadata root = RootChain.latest(keys.folder(repository));
    long highest =
        store == null
            ? 0
            : PublishedMetadata.highest(
                store, repository.folder(), KeyRole.rootOf(repository).role());
    if (root.version() < highest) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "the root of %s was set back: found version %d, expected %d or later, which the audit log tells of"
              .formatted(repository.words(), root.version(), highest));
    }
    return root;
  }

  /** The latest root of a repository, under the same conditions; it may be expired. */
  public RootMetadata root(FleetStore store, Repository repository) throws IOException {
    return roots(store).of(repository);
  }

  /**
   * The same, when it holds now.
   *
   * @throws ConvoyException NOT_TRUSTED when it is expired too
   */
  public RootMetadata currentRoot(FleetStore store, Repository repository, Instant now)
      throws IOException {
    RootMetadata root = root(store, repository);
    return root.requireCurrent(published(repository, root.version()), now);
  }

  /**
   * Puts all roots of both repositories into the outbox. Published ones are never replaced.
   *
   * @return the latest ones
   * @throws ConvoyException NOT_TRUSTED when the roots do not hold, or one was set back
   */
  public Roots publishRoots(FleetStore store, Instant now) throws IOException {
    Roots roots = roots(store);
    OutboxPublisher outbox = new OutboxPublisher(home.outbox());
    for (Repository repository : Repository.values()) {
      for (long version : RootChain.versions(keys.folder(repository))) {
        var file =
            outbox.publishRoot(repository, Files.readAllBytes(rootFile(repository, version)));
        PublishedMetadata.record(
            store,
            published(repository, version),
            file.sha256(),
            "root of " + repository.words(),
            now);
      }
    }
    return roots;
  }
}
