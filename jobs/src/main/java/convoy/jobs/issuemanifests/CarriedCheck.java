package convoy.jobs.issuemanifests;

import static java.util.function.Predicate.not;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Carrying;
import convoy.data.duckdb.Definitions;
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
import org.jspecify.annotations.Nullable;

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
  private @Nullable List<String> releases;

  // Not forgotten: nothing that is asked for changes an image.
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
    releases = null;
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
            .flatMap(name -> published(store, RollbackPreparation.update(store, name)).stream())
            .findFirst();
  }

  private Optional<String> campaignProblem(FleetStore store, String id, ImageTargets listed) {
    return campaigns.computeIfAbsent(
        id,
        campaign -> {
          Campaigns.Campaign found = Campaigns.require(store, campaign);
          return trust
              .problem(store, found)
              .or(
                  () -> {
                    Definitions.Update update = Preparation.update(store, found);
                    return SigningGround.problem(listed, store, update)
                        .or(() -> published(store, update));
                  });
        });
  }

  /** Why the images of the update are not at hand. */
  private Optional<String> published(FleetStore store, Definitions.Update update) {
    return updates.computeIfAbsent(
        update.name() + " " + update.version(),
        name -> {
          try {
            return images.publish(store, update);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Images that were released again may have been left out of a newer list. */
  private Optional<String> unlisted(FleetStore store, Issuing.Shard source, ImageTargets listed) {
    List<String> named = Carrying.releases(store, source);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    List<String> known = releases;
    if (known == null) {
      known = RollbackPreparation.listedReleases(store, listed);
      releases = known;
    }
    return named.stream()
        .filter(not(known::contains))
        .findFirst()
        .map("release %s is not listed by the image repository"::formatted);
  }
}
