package convoy.data.duckdb;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.VehicleOrders.Count;
import convoy.data.error.ConvoyException;
import convoy.data.trust.SignedAct;
import java.time.Instant;
import java.util.List;

/** A person has vehicles taken back to the versions that they had before a campaign. */
public final class RollbackOrders {
  private RollbackOrders() {}

  /**
   * Carries out what a person asked for ({@link VehicleOrders#carryOut}): the vehicles become
   * ROLLBACK_DUE, and the next issueManifests gives them manifests.
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
      Instant now) {
    return VehicleOrders.ROLLBACK.carryOut(
        store,
        request,
        act,
        vehicles,
        now,
        (db, number) -> rollBack(db, number, request, vehicles, now));
  }

  private static String rollBack(
      Db db, long number, ControlRequest request, WithdrawnVehicles vehicles, Instant now) {
    String campaign = request.campaign();
    db.sql("rollback/meant_vehicles")
        .param("campaign", campaign)
        .param("wave", vehicles.wave())
        .param("vins", vehicles.areNamed() ? Db.json(vehicles.vins()) : null)
        .update();
    Rollbacks.parts(db, campaign, List.of());
    db.sql("rollback/choose").param("campaign", campaign).update();
    List<Count> counts = VehicleOrders.counts(db, "rollback/counts");
    db.sql("rollback/meant_to_drop").param("campaign", campaign).update();
    CampaignStops.drop(db, campaign, request.who(), now);
    db.sql("rollback/mark_due")
        .param("campaign", campaign)
        .param("rollback", number)
        .param("reason", request.sentence())
        .param("now", Db.utc(now))
        .update();
    // What it asks for anew is proved anew.
    db.text(
            "delete from refused_rollback where campaign = :campaign"
                + " and vin in (select vin from meant_back where outcome = 'DUE')")
        .param("campaign", campaign)
        .update();
    Rollbacks.forget(db);
    db.text("drop table meant_back").update();
    return words(counts);
  }

  private static String words(List<Count> counts) {
    boolean mayAct =
        counts.stream()
            .anyMatch(
                c ->
                    c.outcome().equals("LEFT")
                        && List.of("ISSUED", "IN_PROGRESS", "SILENT").contains(c.state()));
    return "%,d vehicles are to go back%s%s"
        .formatted(
            VehicleOrders.sum(counts, "DUE"),
            VehicleOrders.left(counts),
            mayAct ? " (withdraw takes back what vehicles may still act on)" : "");
  }
}
