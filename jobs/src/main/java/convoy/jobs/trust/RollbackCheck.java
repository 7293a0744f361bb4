package convoy.jobs.trust;

import convoy.data.campaign.RollbackRule;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.Rollbacks;
import convoy.data.duckdb.VehicleOrders;
import convoy.data.trust.SignedAct.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whether vehicles may be taken back: a person who may stop campaigns must have signed for which,
 * or the campaign's own signed definition must say that failed vehicles go back, and the campaign
 * not be paused. And the images must be those of updates that an engineer signed and nobody
 * withdrew. Of the campaign itself nothing is asked in the first case, since it may be the one that
 * cannot be trusted (docs/adr/0021).
 */
public final class RollbackCheck {
  /** The states of a campaign in which its definition takes vehicles back. */
  private static final Set<String> STATES = Set.of("RUNNING", "COMPLETED", "ABORTED");

  private final VehicleActs acts;
  private final TrustCheck trust;

  public RollbackCheck(TrustRoot root, TrustCheck trust, Clock clock) {
    this.acts = new VehicleActs(root, clock);
    this.trust = trust;
  }

  /** The updates whose images may be installed, name and version with a space between. */
  public List<String> trustedUpdates(FleetStore store) {
    List<String> trusted = new ArrayList<>();
    for (Definitions.Update update : Definitions.updates(store)) {
      if (trust.problem(store, update).isEmpty()) {
        trusted.add(update.name() + " " + update.version());
      }
    }
    return trusted;
  }

  /** Why the campaign's definition takes no vehicle back now, as a sentence; empty when it does. */
  public Optional<String> planProblem(FleetStore store, String id) {
    Campaigns.Campaign campaign = Campaigns.require(store, id);
    if (!STATES.contains(campaign.state())) {
      return Optional.of("the campaign is " + campaign.state());
    }
    return ruleProblem(store, campaign);
  }

  private Optional<String> ruleProblem(FleetStore store, Campaigns.Campaign campaign) {
    return trust
        .problem(store, campaign)
        .or(
            () ->
                RollbackRule.of(campaign.definition()).when() == RollbackRule.When.NEVER
                    ? Optional.of("the campaign's definition takes no vehicle back")
                    : Optional.empty());
  }

  /** Proves the rollback of that number. */
  public ShardProof proof(FleetStore store, long number) {
    return proof(store, number, campaign -> planProblem(store, campaign));
  }

  /** The same of what vehicles were told before, which a pause of its campaign leaves with them. */
  public ShardProof proofOfIssued(FleetStore store, long number) {
    return proof(store, number, campaign -> ruleProblem(store, Campaigns.require(store, campaign)));
  }

  /**
   * Which vehicles a person's order does not take back, by the check that their shard would have to
   * pass.
   *
   * @return why, as a sentence, by VIN
   */
  public Map<String, String> refused(
      FleetStore store, String campaign, List<Rollbacks.Asked> vehicles) {
    Map<Long, VehicleProof> orders = new HashMap<>();
    Map<String, String> refused = new TreeMap<>();
    for (Rollbacks.Asked asked : vehicles) {
      orders
          .computeIfAbsent(
              asked.rollback(), number -> order(store, number, id -> planProblem(store, id)))
          .problem(campaign, asked.vin(), asked.wave())
          .ifPresent(why -> refused.put(asked.vin(), why));
    }
    return refused;
  }

  private VehicleProof order(
      FleetStore store, long number, Function<String, Optional<String>> planProblem) {
    return VehicleProof.of(
        VehicleOrders.ROLLBACK, number, store, acts, Kind.ROLLED_BACK, planProblem);
  }

  private ShardProof proof(
      FleetStore store, long number, Function<String, Optional<String>> planProblem) {
    VehicleProof order = order(store, number, planProblem);
    return (open, shard) -> order.problem(open, shard).or(() -> sourceProblem(open, shard));
  }

  private Optional<String> sourceProblem(FleetStore store, Issuing.Shard shard) {
    Optional<List<String>> sources = Rollbacks.sourcesOf(store, shard);
    if (sources.isEmpty()) {
      return Optional.of("it names something else than the images from before the campaign");
    }
    return sources.get().stream()
        .filter(source -> !isTrusted(store, source))
        .findFirst()
        .map("update %s cannot be trusted"::formatted);
  }

  private boolean isTrusted(FleetStore store, String source) {
    String[] parts = source.split(" ", 2);
    return Definitions.update(store, parts[0], parts[1])
        .filter(update -> trust.problem(store, update).isEmpty())
        .isPresent();
  }
}
