package convoy.jobs.trust;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.ControlRequest.SignedVehicles;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.SignedActs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Consent;
import convoy.data.trust.SignedAct;
import convoy.data.trust.SignedAct.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** What a person signs over vehicles of a campaign: that they are withdrawn, or rolled back. */
public final class VehicleActs {
  private final TrustRoot root;
  private final Clock clock;

  public VehicleActs(TrustRoot root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  /** An act that holds, and the vehicles that it is over. */
  public record Proved(SignedAct act, WithdrawnVehicles vehicles) {}

  /**
   * A new request that a person has signed.
   *
   * @param act WITHDRAW or ROLLBACK
   */
  public static ControlRequest request(
      ControlAct act,
      Actor actor,
      String campaign,
      WithdrawnVehicles vehicles,
      String reason,
      Instant now) {
    SignedAct signed =
        new SignedAct(
            kind(act),
            SignedAct.ofCampaign(campaign),
            vehicles.digest(),
            null,
            actor.name(),
            now.truncatedTo(ChronoUnit.SECONDS),
            reason);
    return ControlRequest.takingBack(
        act,
        campaign,
        actor.name(),
        reason,
        now,
        new SignedVehicles(vehicles.content(), signed.sign(actor.key())));
  }

  private static Kind kind(ControlAct act) {
    return switch (act) {
      case WITHDRAW -> Kind.WITHDRAWN;
      case ROLLBACK -> Kind.ROLLED_BACK;
      case START, PAUSE, RESUME, ADVANCE, ABORT ->
          throw new IllegalArgumentException(act + " is over no vehicles");
    };
  }

  /**
   * Checks what a request brings.
   *
   * @throws ConvoyException NOT_TRUSTED when it is not signed by the one who asks, in a role that
   *     permits it, over this campaign, these vehicles and this reason
   */
  public Proved prove(FleetStore store, ControlRequest request) {
    SignedVehicles signed = Objects.requireNonNull(request.signed());
    Proved proved =
        prove(
            store,
            kind(request.act()),
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

  /**
   * Checks what the store keeps of one.
   *
   * @param seq the act's number
   * @throws ConvoyException NOT_TRUSTED when the act is not there, or not signed over these
   *     vehicles
   */
  Proved kept(FleetStore store, Kind kind, long seq, String campaign, String vehicles) {
    Consent.Kept act =
        SignedActs.find(store, seq)
            .orElseThrow(() -> untrusted("signed act %d is not in the store".formatted(seq)));
    return prove(store, kind, act, campaign, vehicles);
  }

  private Proved prove(
      FleetStore store, Kind kind, Consent.Kept document, String campaign, String vehicles) {
    Instant now = clock.instant();
    WithdrawnVehicles named = WithdrawnVehicles.parse(vehicles);
    SignedAct act =
        SignedAct.verify(document.document(), document.where(), root.load(store, now).trust(), now)
            .act();
    if (act.kind() != kind) {
      throw untrusted("%s: found %s, expected %s".formatted(document.where(), act.kind(), kind));
    }
    act.requireOf(document.where(), SignedAct.ofCampaign(campaign), act.digest());
    if (!act.digest().equals(named.digest())) {
      throw untrusted(
          "%s: %s signed for other vehicles than these: %s"
              .formatted(document.where(), act.operator(), named.words()));
    }
    return new Proved(act, named);
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}
