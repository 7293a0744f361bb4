package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChanges;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.jobs.repository.ImageList;
import convoy.jobs.repository.KeyRing;
import convoy.jobs.repository.Repositories;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How administrators change the keys of the Director and of the image repository. */
public final class KeyActs {
  private final FleetStore store;
  private final Repositories repositories;
  private final ImageList images;
  private final Instant now;

  public KeyActs(FleetStore store, Home home, ConvoySettings settings, Instant now) {
    this.store = store;
    this.repositories = Repositories.of(home, settings);
    this.images = new ImageList(home, settings, repositories);
    this.now = now;
  }

  /** The keys that are at hand. */
  public KeyRing keys() {
    return repositories.keys();
  }

  /**
   * Makes the trial keys and roots, and publishes the roots.
   *
   * @param inModule the labels of keys that are in the hardware module, by their role
   */
  public void createTrial(Map<KeyRole, String> inModule) throws IOException {
    repositories.createTrial(inModule, now);
    repositories.publishRoots(store, now);
  }

  /**
   * The root that a next one is to follow; it may be expired.
   *
   * @throws ConvoyException USAGE when a next one waits for signatures already
   */
  public RootMetadata present(Repository repository) throws IOException {
    RootMetadata present = repositories.root(store, repository);
    if (repositories.waiting(present, repository).isPresent()) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "%s waits for signatures: ./convoy keys export %s, deleting the file drops it"
              .formatted(
                  repositories.waitingFile(present, repository),
                  KeyRole.rootOf(repository).text()));
    }
    return present;
  }

  /**
   * Checks that a next root may be proposed, before anything is kept for it.
   *
   * @param rootKeys that do not lie in the home
   * @throws ConvoyException USAGE when one waits for signatures already; NOT_TRUSTED when it has a
   *     key of the other repository, or one of the root keys is neither's
   */
  public void requireMayPropose(Repository repository, RootMetadata next, List<SigningKey> rootKeys)
      throws IOException {
    requireMayPropose(present(repository), repository, next, rootKeys);
  }

  private void requireMayPropose(
      RootMetadata present, Repository repository, RootMetadata next, List<SigningKey> rootKeys)
      throws IOException {
    requireKeysOfItsOwn(repository, next);
    KeyRole role = KeyRole.rootOf(repository);
    for (SigningKey key : rootKeys) {
      requireRootKey(key, present.keys(role), next.keys(role));
    }
  }

  /**
   * Signs a next root with the root keys in the home and these. It takes effect once enough keys of
   * the present root and of its own have signed it (TUF specification 1.0.34, section 6.1); until
   * then it waits.
   *
   * @param why why it is made; empty for no particular reason
   * @return what was changed, and whether it took effect, as lines for a person
   * @throws ConvoyException as {@link #requireMayPropose}; nothing is changed then
   */
  public List<String> propose(
      Repository repository, RootMetadata next, List<SigningKey> rootKeys, String why)
      throws IOException {
    RootMetadata present = present(repository);
    requireMayPropose(present, repository, next, rootKeys);
    Map<String, SigningKey> signers = new TreeMap<>();
    KeyRole role = KeyRole.rootOf(repository);
    for (RootMetadata root : List.of(present, next)) {
      for (KeyRing.Held held : keys().held(role, root)) {
        signers.put(held.key().keyid(), held.key());
      }
    }
    for (SigningKey key : rootKeys) {
      signers.put(key.keyid(), key);
    }
    byte[] bytes = SignedDocument.sign(next.content(), List.copyOf(signers.values()));
    SignedDocument document = SignedDocument.parse(bytes, RootMetadata.fileName(next.version()));
    if (document.isSignedBy(present.keys(role)) && document.isSignedBy(next.keys(role))) {
      return inEffect(repository, present, document, why);
    }
    List<String> lines = RootChanges.changes(present, next);
    repositories.propose(repository, present, bytes, store, what(lines, why), now);
    lines.add(
        "version %d of the root of %s waits for signatures, of %d keys of version %d and %d of its own, and has %d: ./convoy keys export %s"
            .formatted(
                next.version(),
                repository.words(),
                present.keys(role).threshold(),
                present.version(),
                next.keys(role).threshold(),
                signers.size(),
                role.text()));
    return lines;
  }

  /** What a root changes and why, for the audit log. */
  private static String what(List<String> changes, String why) {
    return String.join("; ", changes) + (why.isEmpty() ? "" : "; " + why);
  }

  private static void requireRootKey(SigningKey key, RoleKeys present, RoleKeys next) {
    if (!present.keys().containsKey(key.keyid()) && !next.keys().containsKey(key.keyid())) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "--root-key: found key %s, expected one of the present or of the next root"
              .formatted(key.publicKey().shortId()));
    }
  }

  private void requireKeysOfItsOwn(Repository repository, RootMetadata next) throws IOException {
    next.requireNoKeyOf(
        repositories.root(
            store, repository == Repository.DIRECTOR ? Repository.IMAGE : Repository.DIRECTOR));
  }

  /** What waits for signatures of a root role, with those that it has. */
  public SignedDocument waitingRoot(Repository repository) throws IOException {
    RootMetadata present = repositories.root(store, repository);
    return repositories
        .waiting(present, repository)
        .orElseThrow(
            () ->
                new ConvoyException(
                    ErrorCode.USAGE,
                    "found no root of %s that waits for signatures, expected one: ./convoy keys rotate or renew makes it"
                        .formatted(repository.words())));
  }

  /**
   * Takes a root that was signed elsewhere. The signatures of several copies count together, with
   * those of the waiting one.
   *
   * @throws ConvoyException NOT_TRUSTED when it does not follow the present one, or too few keys of
   *     either have signed it; nothing is changed then
   */
  public List<String> takeRoot(Repository repository, List<SignedDocument> copies)
      throws IOException {
    RootMetadata present = repositories.root(store, repository);
    SignedDocument merged = merged(copies);
    var waiting = repositories.waiting(present, repository);
    if (waiting.isPresent() && waiting.get().hasContentOf(merged)) {
      merged = merged.with(waiting.get());
    }
    requireKeysOfItsOwn(repository, present.next(merged));
    return inEffect(repository, present, merged, "signed elsewhere");
  }

  private List<String> inEffect(
      Repository repository, RootMetadata present, SignedDocument document, String why)
      throws IOException {
    RootMetadata next = present.followedBy(document.encoded(), document.where());
    List<String> lines = RootChanges.changes(present, next);
    repositories.replace(repository, present, document.encoded(), store, what(lines, why), now);
    lines.add(
        "version %d of the root of %s is in effect".formatted(next.version(), repository.words()));
    if (repository == Repository.IMAGE) {
      // What a key that is no longer the root's has signed is signed anew, as far as keys are here.
      lines.addAll(publishImages());
    }
    return lines;
  }

  /** What went before is in effect, also where this fails: so it is said beside it. */
  private List<String> publishImages() throws IOException {
    try {
      return images.publish(store, now);
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      return List.of("the image repository is not signed anew yet: " + e.getMessage());
    }
  }

  /**
   * The image repository's targets as they are to be signed, signed by the keys at hand.
   *
   * @throws ConvoyException NOT_TRUSTED when one of them has run out
   */
  public SignedDocument nextTargets() throws IOException {
    ImageTargets next = images.next(store, now);
    List<SigningKey> signers =
        keys().signing(KeyRole.IMAGE_TARGETS, repositories.root(store, Repository.IMAGE), now);
    return SignedDocument.parse(
        SignedDocument.sign(next.content(), signers), next.version() + ".targets.json");
  }

  /**
   * Takes targets that were signed elsewhere, and publishes them.
   *
   * @throws ConvoyException NOT_TRUSTED when too few of their keys have signed them, or they are
   *     not newer than what is published; nothing is changed then
   */
  public List<String> takeTargets(List<SignedDocument> copies) throws IOException {
    ImageTargets targets = images.take(store, merged(copies), now);
    List<String> lines = new ArrayList<>();
    lines.add(
        "image repository: %d.targets.json published, %d images, until %s"
            .formatted(targets.version(), targets.images().size(), targets.expires()));
    lines.addAll(publishImages());
    return lines;
  }

  private static SignedDocument merged(List<SignedDocument> copies) {
    return copies.stream().reduce(SignedDocument::with).orElseThrow();
  }
}
