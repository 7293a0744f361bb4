package convoy.data.duckdb;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.EndAct;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.VehicleOrders.Count;
import convoy.data.error.ConvoyException;
import convoy.data.trust.SignedAct;
import java.time.Instant;
import java.util.List;

/**
 * Takes back what vehicles were given: the assignments end, and the manifests that tell the
 * vehicles so are prepared, in one transaction. Issuing writes them as it writes all others.
 */
public final class Withdrawals {
  /** Why a failure of which the manifest was withdrawn leads to no further attempt. */
  public static final String NOT_AGAIN = "its manifest was withdrawn, so it is not tried again";

  private static final String TAKEN_BACK =
      "select vin from meant_vehicle where outcome = 'WITHDRAWN'";

  private Withdrawals() {}

  /**
   * Carries out what a person asked for ({@link VehicleOrders#carryOut}). Single vehicles leave a
   * campaign that goes on, whatever their state is and whatever they report later, also those that
   * were given nothing yet.
   *
   * @param act the person's act, which was proved
   * @return what was done, as a sentence
   * @throws ConvoyException USAGE as VehicleOrders says
   */
  public static String carryOut(
      FleetStore store,
      ControlRequest request,
      SignedAct act,
      WithdrawnVehicles vehicles,
      Issuing.Packing packing,
      Instant now) {
    return VehicleOrders.WITHDRAWAL.carryOut(
        store,
        request,
        act,
        vehicles,
        now,
        (db, number) -> withdraw(db, number, request, vehicles, packing, now));
  }

  private static String withdraw(
      Db db,
      long number,
      ControlRequest request,
      WithdrawnVehicles vehicles,
      Issuing.Packing packing,
      Instant now) {
    String campaign = request.campaign();
    long unplanned = vehicles.areNamed() ? addUnplanned(db, campaign, vehicles, now) : 0;
    choose(db, campaign, vehicles, EndAct.WITHDRAW_OPEN, vehicles.areNamed(), now);
    mark(db, campaign, number, vehicles.areNamed());
    return words(
        take(db, campaign, number, request.who(), request.sentence(), NOT_AGAIN, packing, now),
        unplanned);
  }

  private static long addUnplanned(
      Db db, String campaign, WithdrawnVehicles vehicles, Instant now) {
    return db.sql("withdraw/add_unplanned")
        .param("campaign", campaign)
        .param("vins", Db.json(vehicles.vins()))
        .param("now", Db.utc(now))
        .update();
  }

  /**
   * Leaves in {@code meant_vehicle} what becomes of each vehicle.
   *
   * @param issued which manifests are taken back
   * @param unissued whether vehicles that wait for one end too
   */
  static void choose(
      Db db,
      String campaign,
      WithdrawnVehicles vehicles,
      EndAct issued,
      boolean unissued,
      Instant now) {
    db.sql("withdraw/choose")
        .param("campaign", campaign)
        .param("wave", vehicles.wave())
        .param("vins", vehicles.areNamed() ? Db.json(vehicles.vins()) : null)
        .param("issued", issued.name())
        .param("unissued", unissued)
        .param("now", Db.utc(now))
        .update();
  }

  /**
   * Keeps with the chosen assignments that they were withdrawn.
   *
   * @param leftToo whether also with those that are left alone, because they were named
   */
  static void mark(Db db, String campaign, long number, boolean leftToo) {
    db.sql("withdraw/mark")
        .param("campaign", campaign)
        .param("withdrawal", number)
        .param("left_too", leftToo)
        .update();
  }

  /** Ends the chosen assignments and prepares the manifests that tell their vehicles. */
  static List<Count> take(
      Db db,
      String campaign,
      long number,
      String who,
      String reason,
      String notAgain,
      Issuing.Packing packing,
      Instant now) {
    List<Count> counts = VehicleOrders.counts(db, "withdraw/counts");
    db.sql("withdraw/to_drop").param("campaign", campaign).update();
    CampaignStops.drop(db, campaign, who, now);
    Carrying.clear(db, campaign, TAKEN_BACK, Carrying.Kind.WITHDRAWING, who, now);
    Carrying.find(db, campaign, TAKEN_BACK, now);
    db.sql("withdraw/prepare")
        .param("campaign", campaign)
        .param("withdrawal", number)
        .param("per_shard", packing.perShard())
        .param("now", Db.utc(now))
        .param("expires", Db.utc(now.plus(packing.validFor())))
        .update();
    Carrying.keep(db, campaign, Carrying.Kind.WITHDRAWING);
    db.sql("withdraw/end_assignments")
        .param("campaign", campaign)
        .param("reason", reason)
        .param("not_again", notAgain)
        .param("now", Db.utc(now))
        .update();
    // What withdraws for another campaign, and is not written yet, may carry what ends here.
    Carrying.settle(db);
    db.text("drop table meant_vehicle").update();
    return counts;
  }

  private static String words(List<Count> counts, long unplanned) {
    long ended = VehicleOrders.sum(counts, "ENDED");
    return "%,d manifests withdrawn%s%s%s"
        .formatted(
            VehicleOrders.sum(counts, "WITHDRAWN"),
            ended == 0 ? "" : ", %,d vehicles get none any more".formatted(ended),
            unplanned == 0 ? "" : ", %,d of which it had not planned".formatted(unplanned),
            VehicleOrders.left(counts));
  }
}
