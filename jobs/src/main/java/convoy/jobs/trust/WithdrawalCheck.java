package convoy.jobs.trust;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.ControlRequest.SignedVehicles;
import convoy.data.campaign.EndAct;
import convoy.data.campaign.PlannedEnd;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.Withdrawals;
import convoy.data.duckdb.Withdrawals.Withdrawal;
import convoy.data.error.ConvoyException;
import convoy.data.trust.SignedAct;
import convoy.data.trust.SignedAct.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    this.acts = new VehicleActs(Kind.WITHDRAWN, root, clock);
    this.campaigns = campaigns;
    this.clock = clock;
  }

  /** An act that holds, and the vehicles that it is over. */
  public record Proved(SignedAct act, WithdrawnVehicles vehicles) {}

  /** What a person signs who withdraws manifests. */
  public static SignedVehicles sign(
      Actor actor, String campaign, WithdrawnVehicles vehicles, String reason, Instant now) {
    return VehicleActs.sign(Kind.WITHDRAWN, actor, campaign, vehicles, reason, now);
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

  /**
   * What a withdrawal rests on, for all shards of it.
   *
   * @param campaign of which it takes manifests back; empty where there is no such withdrawal
   * @param vehicles those that it may be over; null: by the campaign's end, all of them
   * @param refusal why it takes nothing back, as a sentence; null when it holds
   */
  public record Proof(
      long number,
      String campaign,
      @Nullable WithdrawnVehicles vehicles,
      @Nullable String refusal) {

    /** Why the shard may not be signed, as a sentence; empty when it may. */
    public Optional<String> problem(FleetStore store, Issuing.Shard shard) {
      if (!campaign.equals(shard.campaign())) {
        return Optional.of(
            "found no withdrawal %d of campaign %s".formatted(number, shard.campaign()));
      }
      if (refusal != null) {
        return Optional.of(refusal);
      }
      return vehicles == null ? Optional.empty() : VehicleActs.outsider(store, shard, vehicles);
    }
  }

  /** Proves the withdrawal of that number. */
  public Proof proof(FleetStore store, long number) {
    Withdrawal withdrawal = Withdrawals.find(store, number).orElse(null);
    if (withdrawal == null) {
      return new Proof(number, "", null, null);
    }
    String campaign = withdrawal.campaign();
    Long act = withdrawal.act();
    try {
      return act == null
          ? new Proof(number, campaign, null, endProblem(store, campaign).orElse(null))
          : new Proof(
              number,
              campaign,
              acts.kept(store, act, campaign, String.valueOf(withdrawal.vehicles())).vehicles(),
              null);
    } catch (ConvoyException e) {
      return new Proof(number, campaign, null, String.valueOf(e.getMessage()));
    }
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
