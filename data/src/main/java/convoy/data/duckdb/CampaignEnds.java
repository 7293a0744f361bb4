package convoy.data.duckdb;

import convoy.data.campaign.EndAct;
import convoy.data.campaign.PlannedEnd;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.WaveState;
import convoy.data.status.WaveTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the end of a campaign does, which its signed definition sets. */
public final class CampaignEnds {
  /** Why a failure leads to no further attempt. */
  public static final String NOT_AGAIN = "its campaign has ended, so it is not tried again";

  private CampaignEnds() {}

  /**
   * That a campaign's end was carried out.
   *
   * @param cancelled vehicles that get no manifest, or no further one
   * @param withdrawn manifests that were taken back
   */
  public record Ended(Instant at, long cancelled, long withdrawn) {}

  /** What the campaign's end did; empty while it has not come. */
  public static Optional<Ended> of(FleetStore store, String campaign) {
    return store.read(db -> of(db, campaign));
  }

  static Optional<Ended> of(Db db, String campaign) {
    return db.text("select * from campaign_end where campaign = :campaign")
        .param("campaign", campaign)
        .query(
            (row, i) ->
                new Ended(
                    Objects.requireNonNull(Db.instant(row, "ended_at")),
                    row.getLong("cancelled"),
                    row.getLong("withdrawn")))
        .optional();
  }

  /**
   * Checks that the campaign's end was not carried out.
   *
   * @throws ConvoyException USAGE when it was
   */
  static void requireNotEnded(Db db, String campaign) {
    Optional<Ended> ended = of(db, campaign);
    if (ended.isPresent()) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "campaign %s ended at %s, expected one that may still issue"
              .formatted(campaign, ended.get().at()));
    }
  }

  /**
   * Ends a campaign, in one transaction: its released waves are halted, what was prepared and not
   * issued is dropped, vehicles without a manifest are cancelled, and of the issued ones those are
   * withdrawn that the definition says. It is completed once no vehicle may still act.
   *
   * @param end of its definition, which was proved
   */
  public static Ended carryOut(
      FleetStore store, String campaign, PlannedEnd end, Issuing.Packing packing, Instant now) {
    store.transaction(db -> carryOut(db, campaign, end, packing, now));
    return of(store, campaign).orElseThrow();
  }

  private static void carryOut(
      Db db, String campaign, PlannedEnd end, Issuing.Packing packing, Instant now) {
    WaveMoves.moveAll(db, campaign, WaveState.RELEASED, WaveTrigger.HALT, now);
    CampaignStops.dropPrepared(db, campaign, db.actor(), now);
    db.sql("rollback/fold_again").param("campaign", campaign).update();
    Withdrawals.choose(db, campaign, WithdrawnVehicles.ALL, end.then(), true, now);
    String reason = "its campaign ended at " + end.when();
    long number = 0;
    if (end.then() != EndAct.STOP) {
      number = VehicleOrders.WITHDRAWAL.insertPlanned(db, campaign, reason, now);
      Withdrawals.mark(db, campaign, number, false);
    }
    List<VehicleOrders.Count> counts =
        Withdrawals.take(db, campaign, number, db.actor(), reason, NOT_AGAIN, packing, now);
    long cancelled = VehicleOrders.sum(counts, "ENDED");
    long withdrawn = VehicleOrders.sum(counts, "WITHDRAWN");
    db.text("insert into campaign_end values (:campaign, :now, :cancelled, :withdrawn)")
        .param("campaign", campaign)
        .param("now", Db.utc(now))
        .param("cancelled", cancelled)
        .param("withdrawn", withdrawn)
        .update();
    AuditLog.append(
        db,
        now,
        "CAMPAIGN_ENDED",
        campaign,
        null,
        "%s, then %s: %d vehicles get no manifest any more, %d manifests withdrawn"
            .formatted(end.when(), end.then(), cancelled, withdrawn));
  }
}
