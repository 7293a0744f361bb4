package convoy.jobs.trust;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.ControlRequest.SignedWithdrawal;
import convoy.data.campaign.EndAct;
import convoy.data.campaign.PlannedEnd;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.SignedActs;
import convoy.data.duckdb.Withdrawals;
import convoy.data.duckdb.Withdrawals.Withdrawal;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Consent;
import convoy.data.trust.SignedAct;
import convoy.data.trust.SignedAct.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether manifests may be taken back: a person who may stop campaigns must have signed for which
 * vehicles, or the campaign's own signed definition must say so for its end. Of the campaign itself
 * nothing is asked in the first case, since it may be the one that cannot be trusted. What is taken
 * back installs nothing, so no row of the store can turn it into an update.
 */
public final class WithdrawalCheck {
  private final TrustRoot root;
  private final TrustCheck campaigns;
  private final Clock clock;

  public WithdrawalCheck(TrustRoot root, TrustCheck campaigns, Clock clock) {
    this.root = root;
    this.campaigns = campaigns;
    this.clock = clock;
  }

  /** An act that holds, and the vehicles that it is over. */
  public record Proved(SignedAct act, WithdrawnVehicles vehicles) {}

  /** What a person signs who withdraws manifests. */
  public static SignedWithdrawal sign(
      Actor actor, String campaign, WithdrawnVehicles vehicles, String reason, Instant now) {
    SignedAct act =
        new SignedAct(
            Kind.WITHDRAWN,
            SignedAct.ofCampaign(campaign),
            vehicles.digest(),
            null,
            actor.name(),
            now.truncatedTo(ChronoUnit.SECONDS),
            reason);
    return new SignedWithdrawal(vehicles.content(), act.sign(actor.key()));
  }

  /**
   * Checks what a request brings.
   *
   * @throws ConvoyException NOT_TRUSTED when it is not signed by the one who asks, in a role that
   *     permits it, over this campaign, these vehicles and this reason
   */
  public Proved prove(FleetStore store, ControlRequest request) {
    SignedWithdrawal signed = Objects.requireNonNull(request.withdrawal());
    Proved proved =
        prove(
            store,
            new Consent.Kept("request " + request.id(), signed.document()),
            request.campaign(),
            signed.vehicles());
    if (!proved.act().operator().equals(request.who())
        || !proved.act().reason().equals(request.reason())) {
      throw untrusted(
          "request %s: found '%s' by %s, expected what %s signed: '%s'"
              .formatted(
                  request.id(),
                  request.reason(),
                  request.who(),
                  proved.act().operator(),
                  proved.act().reason()));
    }
    return proved;
  }

  private Proved prove(FleetStore store, Consent.Kept document, String campaign, String vehicles) {
    Instant now = clock.instant();
    WithdrawnVehicles named = WithdrawnVehicles.parse(vehicles);
    SignedAct act =
        SignedAct.verify(document.document(), document.where(), root.load(store, now).trust(), now)
            .act();
    if (act.kind() != Kind.WITHDRAWN) {
      throw untrusted(
          "%s: found %s, expected %s".formatted(document.where(), act.kind(), Kind.WITHDRAWN));
    }
    act.requireOf(document.where(), SignedAct.ofCampaign(campaign), act.digest());
    if (!act.digest().equals(named.digest())) {
      throw untrusted(
          "%s: %s signed for other vehicles than these: %s"
              .formatted(document.where(), act.operator(), named.words()));
    }
    return new Proved(act, named);
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
      return vehicles == null ? Optional.empty() : outsider(store, shard, vehicles);
    }
  }

  /** Proves the withdrawal of that number. */
  public Proof proof(FleetStore store, long number) {
    Withdrawal withdrawal = Withdrawals.find(store, number).orElse(null);
    if (withdrawal == null) {
      return new Proof(number, "", null, null);
    }
    String campaign = withdrawal.campaign();
    try {
      return withdrawal.act() == null
          ? new Proof(number, campaign, null, endProblem(store, campaign).orElse(null))
          : new Proof(number, campaign, proved(store, withdrawal).vehicles(), null);
    } catch (ConvoyException e) {
      return new Proof(number, campaign, null, String.valueOf(e.getMessage()));
    }
  }

  private Proved proved(FleetStore store, Withdrawal withdrawal) {
    Consent.Kept act =
        SignedActs.find(store, Objects.requireNonNull(withdrawal.act()))
            .orElseThrow(
                () -> untrusted("signed act %d is not in the store".formatted(withdrawal.act())));
    return prove(store, act, withdrawal.campaign(), String.valueOf(withdrawal.vehicles()));
  }

  /** A vehicle of the shard that the act does not name. */
  private static Optional<String> outsider(
      FleetStore store, Issuing.Shard shard, WithdrawnVehicles signed) {
    return Issuing.versions(store, shard).keySet().stream()
        .filter(vin -> !signed.include(vin, shard.wave()))
        .sorted()
        .findFirst()
        .map(
            vin ->
                "it is signed for %s, found vehicle %s of wave %d"
                    .formatted(signed.words(), vin, shard.wave()));
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

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}
