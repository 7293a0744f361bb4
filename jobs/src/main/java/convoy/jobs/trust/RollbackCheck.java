package convoy.jobs.trust;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.ControlRequest.SignedVehicles;
import convoy.data.campaign.RollbackRule;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.Rollbacks;
import convoy.data.duckdb.Rollbacks.Rollback;
import convoy.data.error.ConvoyException;
import convoy.data.trust.SignedAct;
import convoy.data.trust.SignedAct.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    this.acts = new VehicleActs(Kind.ROLLED_BACK, root, clock);
    this.trust = trust;
  }

  /** An act that holds, and the vehicles that it is over. */
  public record Proved(SignedAct act, WithdrawnVehicles vehicles) {}

  /** What a person signs who has vehicles rolled back. */
  public static SignedVehicles sign(
      Actor actor, String campaign, WithdrawnVehicles vehicles, String reason, Instant now) {
    return VehicleActs.sign(Kind.ROLLED_BACK, actor, campaign, vehicles, reason, now);
  }

  /**
   * Checks what a request brings.
   *
   * @throws ConvoyException NOT_TRUSTED when it is not signed by the one who asks, in a role that
   *     permits it, over this campaign, these vehicles and this reason
   */
  public Proved prove(FleetStore store, ControlRequest request) {
    VehicleActs.Proved proved = acts.prove(store, request);
    return new Proved(proved.act(), proved.vehicles());
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
    return trust
        .problem(store, campaign)
        .or(
            () ->
                RollbackRule.of(campaign.definition()).when() == RollbackRule.When.NEVER
                    ? Optional.of("the campaign's definition takes no vehicle back")
                    : Optional.empty());
  }

  /** Why the shard may not be signed, as a sentence; empty when it may. */
  public Optional<String> problem(FleetStore store, long number, Issuing.Shard shard) {
    Optional<Rollback> rollback =
        Rollbacks.find(store, number).filter(r -> r.campaign().equals(shard.campaign()));
    if (rollback.isEmpty()) {
      return Optional.of("found no rollback %d of campaign %s".formatted(number, shard.campaign()));
    }
    try {
      return orderProblem(store, rollback.get(), shard).or(() -> sourceProblem(store, shard));
    } catch (ConvoyException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> orderProblem(FleetStore store, Rollback rollback, Issuing.Shard shard) {
    @Nullable Long act = rollback.act();
    if (act == null) {
      return planProblem(store, shard.campaign());
    }
    WithdrawnVehicles signed =
        acts.kept(store, act, rollback.campaign(), String.valueOf(rollback.vehicles())).vehicles();
    return VehicleActs.outsider(store, shard, signed);
  }

  private Optional<String> sourceProblem(FleetStore store, Issuing.Shard shard) {
    Optional<List<String>> sources = Rollbacks.sourcesOf(store, shard);
    if (sources.isEmpty()) {
      return Optional.of("it names something else than the images from before the campaign");
    }
    List<String> trusted = trustedUpdates(store);
    return sources.get().stream()
        .filter(source -> !trusted.contains(source))
        .findFirst()
        .map("update %s cannot be trusted"::formatted);
  }
}
