package convoy.jobs.issuemanifests;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.manifest.ImageTargets;
import convoy.jobs.trust.RollbackCheck;
import convoy.jobs.trust.ShardProof;
import convoy.jobs.trust.TrustCheck;
import java.io.IOException;
import java.util.HashMap;
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

  CarriedCheck(TrustCheck trust, RollbackCheck rollbacks, UpdateImages images) {
    this.trust = trust;
    this.rollbacks = rollbacks;
    this.images = images;
  }

  /** What was asked of campaigns meanwhile may change what orders rest on. */
  void forget() {
    campaigns.clear();
    orders.clear();
  }

  /**
   * Why it may not, as a sentence; empty when it may.
   *
   * @param source a shard in which some of it was issued first
   * @param listed what the image repository lists
   */
  Optional<String> problem(FleetStore store, Issuing.Shard source, ImageTargets listed)
      throws IOException {
    Long rollback = source.rollback();
    if (rollback != null) {
      return orders
          .computeIfAbsent(rollback, number -> rollbacks.proofOfIssued(store, number))
          .problem(store, source);
    }
    Optional<String> problem = campaigns.get(source.campaign());
    if (problem == null) {
      problem = campaignProblem(store, Campaigns.require(store, source.campaign()), listed);
      campaigns.put(source.campaign(), problem);
    }
    return problem;
  }

  private Optional<String> campaignProblem(
      FleetStore store, Campaigns.Campaign campaign, ImageTargets listed) throws IOException {
    Optional<String> distrusted = trust.problem(store, campaign);
    if (distrusted.isPresent()) {
      return distrusted;
    }
    Definitions.Update update = Preparation.update(store, campaign);
    Optional<String> unlisted = SigningGround.problem(listed, store, update);
    return unlisted.isPresent() ? unlisted : images.publish(store, update);
  }
}
