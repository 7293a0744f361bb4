package convoy.jobs.trust;

import convoy.data.campaign.EndAct;
import convoy.data.campaign.PlannedEnd;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.VehicleOrders;
import convoy.data.trust.SignedAct.Kind;
import java.time.Clock;
import java.util.Optional;

/**
 * Whether manifests may be taken back: a person who may stop campaigns must have signed for which
 * vehicles, or the campaign's own signed definition must say so for its end. Of the campaign itself
 * nothing is asked in the first case, since it may be the one that cannot be trusted. What is taken
 * back installs nothing, so no row of the store can turn it into an update.
 */
public final class WithdrawalCheck {
  private final VehicleActs acts;
  private final TrustCheck campaigns;
  private final Clock clock;

  public WithdrawalCheck(TrustRoot root, TrustCheck campaigns, Clock clock) {
    this.acts = new VehicleActs(root, clock);
    this.campaigns = campaigns;
    this.clock = clock;
  }

  /** Proves the withdrawal of that number. */
  public ShardProof proof(FleetStore store, long number) {
    return VehicleProof.of(
        VehicleOrders.WITHDRAWAL,
        number,
        store,
        acts,
        Kind.WITHDRAWN,
        campaign -> endProblem(store, campaign));
  }

  private Optional<String> endProblem(FleetStore store, String id) {
    Campaigns.Campaign campaign = Campaigns.require(store, id);
    return campaigns
        .problem(store, campaign)
        .or(
            () ->
                PlannedEnd.of(campaign.definition())
                        .filter(end -> end.isPast(clock.instant()) && end.then() != EndAct.STOP)
                        .isPresent()
                    ? Optional.empty()
                    : Optional.of("its definition has no end that has come and withdraws"));
  }
}
