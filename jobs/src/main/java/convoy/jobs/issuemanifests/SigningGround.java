package convoy.jobs.issuemanifests;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
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
import java.util.List;
import java.util.Optional;

/**
 * What manifests rest on beside their campaign: roots that hold, the Director's online keys, and
 * the image repository as it is signed.
 */
final class SigningGround {
  private final Repositories repositories;
  private final ImageList images;
  private final Duration warnBefore;

  SigningGround(Home home, ConvoySettings settings) {
    repositories = Repositories.of(home, settings);
    images = new ImageList(home, settings, repositories);
    warnBefore = settings.keys().warnBefore();
  }

  /**
   * Publishes roots and the image repository, and checks that manifests could be signed.
   *
   * @param lines gets what a person has to know or do
   * @return why no manifest can be issued, as a sentence; empty when some can
   */
  Optional<String> prepare(FleetStore store, List<String> lines, Instant now) throws IOException {
    try {
      repositories.publishRoots(store, now);
      RepositoryEnds.soon(repositories, warnBefore, now).forEach(end -> warn(lines, end));
      lines.addAll(images.publish(store, now));
      keys(now);
      RepositoryEnds.soon(images(now), warnBefore, now).forEach(end -> warn(lines, end));
      return Optional.empty();
    } catch (ConvoyException e) {
      return notTrusted(e);
    }
  }

  /** Publishes the roots alone: that is what manifests rest on that install nothing. */
  void publishRoots(FleetStore store, Instant now) throws IOException {
    repositories.publishRoots(store, now);
  }

  private static void warn(List<String> lines, String end) {
    lines.add("warning: " + end);
  }

  /**
   * The Director's online keys.
   *
   * @throws ConvoyException NOT_TRUSTED when its root or one of them does not hold
   */
  DirectorKeys keys(Instant now) throws IOException {
    RootMetadata root = repositories.currentRoot(Repository.DIRECTOR, now);
    KeyRing ring = repositories.keys();
    return new DirectorKeys(
        ring.online(KeyRole.DIRECTOR_TARGETS, root, now),
        ring.online(KeyRole.DIRECTOR_SNAPSHOT, root, now),
        ring.online(KeyRole.DIRECTOR_TIMESTAMP, root, now));
  }

  /**
   * What the image repository lists.
   *
   * @throws ConvoyException NOT_TRUSTED when it does not hold
   */
  ImageTargets images(Instant now) throws IOException {
    return images.published(now).targets();
  }

  /** The same; empty when it does not hold. */
  Optional<ImageTargets> imagesIfTrusted(Instant now) throws IOException {
    try {
      return Optional.of(images(now));
    } catch (ConvoyException e) {
      notTrusted(e);
      return Optional.empty();
    }
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

  private static Optional<String> notTrusted(ConvoyException e) {
    if (e.code() != ErrorCode.NOT_TRUSTED) {
      throw e;
    }
    return Optional.of(String.valueOf(e.getMessage()));
  }
}
