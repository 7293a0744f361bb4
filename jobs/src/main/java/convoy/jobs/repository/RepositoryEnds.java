package convoy.jobs.repository;

import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RepositoryPart;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.PublicKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Roots, keys and the list of images: until when they hold, and what of them runs out soon;
 * afterwards nothing is issued. The nightly run, its report and {@code keys list} say what stands
 * here.
 */
public final class RepositoryEnds {
  private final Instant now;
  private final Instant soon;
  private final List<RepositoryPart> parts = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private RepositoryEnds(Duration within, Instant now) {
    this.now = now;
    this.soon = now.plus(within);
  }

  /**
   * Looks at all of them; one that does not hold keeps none of the others back.
   *
   * @param store tells of roots that were set back; null: is not asked
   * @param within how soon before its end each is warned of
   */
  public static RepositoryEnds of(
      Repositories repositories,
      ImageList images,
      @Nullable FleetStore store,
      Duration within,
      Instant now)
      throws IOException {
    RepositoryEnds ends = new RepositoryEnds(within, now);
    for (Repository repository : Repository.values()) {
      RootMetadata root;
      try {
        root = repositories.latest(repository, store);
      } catch (ConvoyException e) {
        ends.broken(repository, "root", KeyRole.rootOf(repository), null, "does not hold", e);
        continue;
      }
      ends.root(repository, root);
      for (KeyRole role : KeyRole.of(repository)) {
        ends.keys(repositories.keys(), role, root);
      }
      if (repository == Repository.IMAGE) {
        ends.images(images, root);
      }
    }
    return ends;
  }

  /** All of them: the Director's first, of each repository its root before its keys. */
  public List<RepositoryPart> parts() {
    return List.copyOf(parts);
  }

  /** A sentence for each that runs out soon, or is missing. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  private void root(Repository repository, RootMetadata root) {
    add(
        repository,
        "root, version " + root.version(),
        KeyRole.rootOf(repository),
        null,
        root.expires().isAfter(now) ? "holds" : "ran out",
        root.expires(),
        "the root of %s runs out at %s: ./convoy keys renew %s"
            .formatted(
                repository.words(),
                IsoSeconds.format(root.expires()),
                KeyRole.rootOf(repository).text()));
  }

  private void keys(KeyRing ring, KeyRole role, RootMetadata root) throws IOException {
    List<PublicKey> signers = KeyRing.signers(role, root);
    for (PublicKey key : root.keys(role).keys().values()) {
      if (role.isRoot()) {
        // It ends with the root that lists it.
        String place = ring.hasFile(role, key) ? "in the home" : "kept elsewhere";
        endless(role, key, "signs, " + place, null);
      } else if (signers.contains(key) || (!role.isOnline() && !ring.hasFile(role, key))) {
        // Of people any may sign, whoever stands first.
        signer(ring, role, key);
      } else {
        endless(role, key, "signs nothing any more, what it signed is taken", null);
      }
    }
  }

  private void signer(KeyRing ring, KeyRole role, PublicKey key) throws IOException {
    Optional<KeyRing.Held> found;
    try {
      found = ring.held(role, key);
    } catch (ConvoyException e) {
      broken(role.repository(), "key", role, key, "does not open", e);
      return;
    }
    if (found.isEmpty()) {
      if (role.isOnline()) {
        endless(
            role,
            key,
            "missing",
            "key %s of %s is not at hand, which signs unattended"
                .formatted(key.shortId(), role.text()));
      } else {
        endless(role, key, "signs, kept elsewhere", null);
      }
      return;
    }
    KeyRing.Held held = found.get();
    add(
        role.repository(),
        "key",
        role,
        key,
        (held.validUntil().isAfter(now) ? "signs, " : "ran out, ") + held.place(),
        held.validUntil(),
        "key %s of %s runs out at %s: ./convoy keys rotate %s"
            .formatted(
                key.shortId(), role.text(), IsoSeconds.format(held.validUntil()), role.text()));
  }

  private void images(ImageList images, RootMetadata root) throws IOException {
    ImageTargets targets;
    try {
      targets = images.published(root, now).targets();
    } catch (ConvoyException e) {
      broken(Repository.IMAGE, "list of images", KeyRole.IMAGE_TARGETS, null, "does not hold", e);
      return;
    }
    add(
        Repository.IMAGE,
        "list of images, version " + targets.version(),
        KeyRole.IMAGE_TARGETS,
        null,
        "holds",
        targets.expires(),
        "the image repository's targets run out at %s: ./convoy keys export image-targets"
            .formatted(IsoSeconds.format(targets.expires())));
  }

  /**
   * @param warning what is said when it ends soon
   */
  private void add(
      Repository repository,
      String what,
      KeyRole role,
      @Nullable PublicKey key,
      String state,
      Instant end,
      String warning) {
    boolean isSoon = end.isBefore(soon);
    if (isSoon) {
      warnings.add(warning);
    }
    parts.add(
        new RepositoryPart(repository, what, role, id(key), state, end, isSoon ? warning : null));
  }

  private void endless(KeyRole role, PublicKey key, String state, @Nullable String warning) {
    if (warning != null) {
      warnings.add(warning);
    }
    parts.add(new RepositoryPart(role.repository(), "key", role, id(key), state, null, warning));
  }

  /** What cannot be told the end of, and why not. */
  private void broken(
      Repository repository,
      String what,
      KeyRole role,
      @Nullable PublicKey key,
      String state,
      ConvoyException why) {
    if (why.code() != ErrorCode.NOT_TRUSTED) {
      throw why;
    }
    parts.add(new RepositoryPart(repository, what, role, id(key), state, null, why.getMessage()));
  }

  private static @Nullable String id(@Nullable PublicKey key) {
    return key == null ? null : key.shortId();
  }
}
