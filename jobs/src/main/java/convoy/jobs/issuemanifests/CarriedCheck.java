package convoy.jobs.issuemanifests;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Carrying;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.Rollbacks;
import convoy.data.manifest.ImageTargets;
import convoy.jobs.trust.RollbackCheck;
import convoy.jobs.trust.ShardProof;
import convoy.jobs.trust.TrustCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether that may be signed once more which a shard carries of other campaigns: it rests on what
 * it rested on when it was issued first. The state of its campaign does not matter, since what is
 * out stays out.
 */
final class CarriedCheck {
  private final TrustCheck trust;
  private final RollbackCheck rollbacks;
  private final UpdateImages images;

  // Each is proved once for all shards of a job.
  private final Map<String, Optional<String>> campaigns = new HashMap<>();
  private final Map<Long, ShardProof> orders = new HashMap<>();
  private final Map<String, Optional<String>> updates = new HashMap<>();

  CarriedCheck(TrustCheck trust, RollbackCheck rollbacks, UpdateImages images) {
    this.trust = trust;
    this.rollbacks = rollbacks;
    this.images = images;
  }

  /** What was asked of campaigns meanwhile may change what orders rest on. */
  void forget() {
    campaigns.clear();
    orders.clear();
    updates.clear();
  }

  /**
   * Why it may not, as a sentence; empty when it may.
   *
   * @param source a shard in which some of it was issued first
   * @param listed what the image repository lists
   */
  Optional<String> problem(FleetStore store, Issuing.Shard source, ImageTargets listed) {
    Long rollback = source.rollback();
    Optional<String> problem =
        rollback == null
            ? campaignProblem(store, source.campaign(), listed)
            : rollbackProblem(store, rollback, source);
    return problem.isPresent() ? problem : unlisted(store, source, listed);
  }

  private Optional<String> rollbackProblem(FleetStore store, long number, Issuing.Shard source) {
    Optional<String> problem =
        orders
            .computeIfAbsent(number, n -> rollbacks.proofOfIssued(store, n))
            .problem(store, source);
    return problem.isPresent()
        ? problem
        : Rollbacks.sourcesOf(store, source).orElseThrow().stream()
            .flatMap(update -> published(store, update).stream())
            .findFirst();
  }

  private Optional<String> campaignProblem(FleetStore store, String id, ImageTargets listed) {
    return campaigns.computeIfAbsent(
        id,
        campaign -> {
          Campaigns.Campaign found = Campaigns.require(store, campaign);
          return trust
              .problem(store, found)
              .or(() -> SigningGround.problem(listed, store, Preparation.update(store, found)))
              .or(() -> published(store, found.updateName() + " " + found.updateVersion()));
        });
  }

  /** Why the images of the update, name and version with a space between, are not at hand. */
  private Optional<String> published(FleetStore store, String update) {
    return updates.computeIfAbsent(
        update,
        name -> {
          try {
            return images.publish(store, RollbackPreparation.update(store, name));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Images that were released again may have been left out of a newer list. */
  private static Optional<String> unlisted(
      FleetStore store, Issuing.Shard source, ImageTargets listed) {
    List<String> named = Carrying.releases(store, source);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    List<String> releases = RollbackPreparation.listedReleases(store, listed);
    return named.stream()
        .filter(release -> !releases.contains(release))
        .findFirst()
        .map("release %s is not listed by the image repository"::formatted);
  }
}
