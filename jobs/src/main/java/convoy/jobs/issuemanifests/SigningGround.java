package convoy.jobs.issuemanifests;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.RepositoryParts;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.DirectorKeys;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootMetadata;
import convoy.jobs.repository.ImageCatalog;
import convoy.jobs.repository.ImageList;
import convoy.jobs.repository.KeyRing;
import convoy.jobs.repository.Repositories;
import convoy.jobs.repository.RepositoryEnds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What manifests rest on beside their campaign: roots that hold, the Director's online keys, and
 * the image repository as it is signed. One serves all steps of a job, so that each key is opened
 * once; not final, since its bean is a proxy of the job's.
 */
class SigningGround {
  private final Repositories repositories;
  private final ImageList images;
  private final Duration warnBefore;
  private @Nullable ImageTargets listed;

  SigningGround(Home home, ConvoySettings settings) {
    repositories = Repositories.of(home, settings);
    images = new ImageList(home, settings, repositories);
    warnBefore = settings.keys().warnBefore();
  }

  /**
   * Publishes roots and the image repository, and checks that manifests could be signed. Keeps for
   * the report what of it runs out when.
   *
   * @param lines gets what a person has to know or do, also why no manifest can be issued
   * @return what the image repository lists; empty when no manifest can be issued
   */
  Optional<ImageTargets> prepare(FleetStore store, List<String> lines, Instant now)
      throws IOException {
    List<String> said = new ArrayList<>();
    Optional<ImageTargets> published = publish(store, said, now);
    // Also where that was refused: what ends beside it is not to come as a surprise.
    RepositoryEnds ends = RepositoryEnds.of(repositories, images, store, warnBefore, now);
    RepositoryParts.replace(store, ends.parts(), now);
    ends.warnings().forEach(end -> lines.add("warning: " + end));
    lines.addAll(said);
    return published;
  }

  private Optional<ImageTargets> publish(FleetStore store, List<String> lines, Instant now)
      throws IOException {
    try {
      requireClock(store, now);
      Repositories.Roots roots = repositories.publishRoots(store, now);
      lines.addAll(images.publish(store, now));
      keys(store, now);
      requireImageKeys(roots.image());
      return Optional.of(images.published(roots.image(), now).targets());
    } catch (ConvoyException e) {
      lines.add("nothing is issued: " + reason(e));
      return Optional.empty();
    }
  }

  /** One that does not open is not to be noticed only when the list must be signed once more. */
  private void requireImageKeys(RootMetadata root) throws IOException {
    for (KeyRole role : KeyRole.of(Repository.IMAGE)) {
      if (!role.isRoot()) {
        repositories.keys().heldSigners(role, root);
      }
    }
  }

  /**
   * Publishes the roots alone: that is what manifests rest on that install nothing.
   *
   * @param lines gets why that is not possible
   * @return whether it was
   */
  boolean publishRoots(FleetStore store, List<String> lines, Instant now) throws IOException {
    try {
      repositories.publishRoots(store, now);
      return true;
    } catch (ConvoyException e) {
      lines.add("nothing is issued: " + reason(e));
      return false;
    }
  }

  /**
   * A clock that was set back would give manifests that run out before they should, or before those
   * whose place they take.
   */
  private static void requireClock(FleetStore store, Instant now) {
    Optional<Instant> last = Issuing.lastIssuedAt(store);
    if (last.isPresent() && now.isBefore(last.get().truncatedTo(ChronoUnit.SECONDS))) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "the clock shows %s, expected no time before %s, when the last manifest was issued"
              .formatted(now.truncatedTo(ChronoUnit.SECONDS), last.get()));
    }
  }

  /**
   * The Director's online keys.
   *
   * @throws ConvoyException NOT_TRUSTED when a root or one of them does not hold
   */
  DirectorKeys keys(FleetStore store, Instant now) throws IOException {
    RootMetadata root = repositories.currentRoot(store, Repository.DIRECTOR, now);
    KeyRing ring = repositories.keys();
    return new DirectorKeys(
        ring.online(KeyRole.DIRECTOR_TARGETS, root, now),
        ring.online(KeyRole.DIRECTOR_SNAPSHOT, root, now),
        ring.online(KeyRole.DIRECTOR_TIMESTAMP, root, now));
  }

  /**
   * The ids of the keys whose signatures vehicles take of manifests, also of former ones that sign
   * no more; empty when the Director's root does not hold.
   */
  Optional<Set<String>> accepted(FleetStore store, Instant now) throws IOException {
    try {
      RootMetadata root = repositories.currentRoot(store, Repository.DIRECTOR, now);
      Set<String> accepted = new TreeSet<>();
      for (KeyRole role : KeyRole.of(Repository.DIRECTOR)) {
        if (!role.isRoot()) {
          accepted.addAll(root.keys(role).keys().keySet());
        }
      }
      return Optional.of(accepted);
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      // Said where the roots are published.
      return Optional.empty();
    }
  }

  /** Why manifests cannot be signed, as a sentence; empty when they can. */
  Optional<String> problem(FleetStore store, Instant now) throws IOException {
    try {
      requireClock(store, now);
      keys(store, now);
      return Optional.empty();
    } catch (ConvoyException e) {
      return Optional.of(reason(e));
    }
  }

  /**
   * What the image repository lists, for all shards of the job: checked once more after their
   * preparation, by the first that asks.
   *
   * @return empty when it does not hold
   */
  Optional<ImageTargets> images(FleetStore store, Instant now) throws IOException {
    try {
      if (listed == null) {
        RootMetadata root = repositories.root(store, Repository.IMAGE);
        listed = images.published(root, now).targets();
      }
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
    }
    return Optional.ofNullable(listed);
  }

  /**
   * Why the images of an update cannot be issued, as a sentence; empty when the image repository
   * says of each what the update says.
   */
  static Optional<String> problem(
      ImageTargets signed, FleetStore store, Definitions.Update update) {
    return ImageCatalog.of(store, update).entrySet().stream()
        .filter(image -> !image.getValue().equals(signed.images().get(image.getKey())))
        .findFirst()
        .map(
            image ->
                signed.images().containsKey(image.getKey())
                    ? "image %s: the image repository says something else of it than update %s %s"
                        .formatted(image.getKey(), update.name(), update.version())
                    : "image %s is not listed by the image repository: its %d.targets.json waits for a newer one with signatures"
                        .formatted(image.getKey(), signed.version()));
  }

  private static String reason(ConvoyException e) {
    if (e.code() != ErrorCode.NOT_TRUSTED) {
      throw e;
    }
    return String.valueOf(e.getMessage());
  }
}
