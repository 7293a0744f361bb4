package convoy.data.duckdb;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.CampaignState;
import convoy.data.status.CampaignTrigger;
import convoy.data.trust.SignedAct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A person has vehicles taken back to the versions that they had before a campaign. */
public final class RollbackOrders {
  private RollbackOrders() {}

  /**
   * Carries out what a person asked for, in one transaction with its lines in the audit log: the
   * vehicles become ROLLBACK_DUE, and the next issueManifests gives them manifests. A running
   * campaign of which a wave or everything goes back is paused: its next run would give the same to
   * the next vehicles.
   *
   * @param act the person's act, which was proved
   * @return what was done, as a sentence
   * @throws ConvoyException USAGE when the campaign is in no state for it, has no such wave, or has
   *     no waves yet and vehicles are named, or the same act was carried out before; nothing is
   *     changed then
   */
  public static String carryOut(
      FleetStore store,
      ControlRequest request,
      SignedAct act,
      WithdrawnVehicles vehicles,
      Instant now) {
    String[] sentence = new String[1];
    store.transaction(
        db -> {
          sentence[0] =
              "%s: %s".formatted(request.campaign(), rollBack(db, request, act, vehicles, now));
          ControlRequests.keepDone(db, request, now);
        });
    return sentence[0];
  }

  private static String rollBack(
      Db db, ControlRequest request, SignedAct act, WithdrawnVehicles vehicles, Instant now) {
    String campaign = request.campaign();
    CampaignState state = Campaigns.state(db, campaign);
    if (!Withdrawals.STATES.contains(state)) {
      throw Campaigns.wrongState(campaign, state, Withdrawals.STATES);
    }
    Withdrawals.requireWaves(db, campaign, vehicles);
    String document = Objects.requireNonNull(request.signed()).document();
    if (SignedActs.isKept(db, document)) {
      throw new ConvoyException(
          ErrorCode.USAGE, "campaign %s: the same act was carried out before".formatted(campaign));
    }
    boolean isPaused = state == CampaignState.RUNNING && !vehicles.areNamed();
    if (isPaused) {
      CampaignStops.stop(
          db, campaign, CampaignTrigger.PAUSE, request.who(), request.sentence(), now);
    }
    long signed = SignedActs.controlled(db, campaign, act, document, now);
    long number =
        Rollbacks.insert(db, campaign, vehicles.content(), signed, request.sentence(), now);
    db.sql("rollback/meant_vehicles")
        .param("campaign", campaign)
        .param("wave", vehicles.wave())
        .param("vins", vehicles.areNamed() ? Db.json(vehicles.vins()) : null)
        .update();
    Rollbacks.parts(db, campaign, List.of());
    db.sql("rollback/choose").param("campaign", campaign).update();
    List<Count> counts =
        db.sql("rollback/counts")
            .query(
                (row, i) ->
                    new Count(
                        row.getString("outcome"), row.getString("state"), row.getLong("vehicles")))
            .list();
    db.sql("rollback/meant_to_drop").param("campaign", campaign).update();
    CampaignStops.drop(db, campaign, request.who(), now);
    db.sql("rollback/mark_due")
        .param("campaign", campaign)
        .param("rollback", number)
        .param("reason", request.sentence())
        .param("now", Db.utc(now))
        .update();
    Rollbacks.forget(db);
    db.text("drop table meant_back").update();
    String what =
        "%s, %s; %s%s"
            .formatted(
                request.sentence(),
                vehicles.words(),
                words(counts),
                isPaused ? "; the campaign is PAUSED" : "");
    AuditLog.append(db, now, request.who(), "ROLLBACK_ORDERED", campaign, null, what);
    return what;
  }

  /**
   * How many vehicles came to an outcome.
   *
   * @param outcome DUE or LEFT, as rollback/choose.sql says
   * @param state of their assignments before
   */
  private record Count(String outcome, String state, long vehicles) {}

  private static String words(List<Count> counts) {
    long due = 0;
    boolean mayAct = false;
    List<String> left = new ArrayList<>();
    for (Count count : counts) {
      if (count.outcome().equals("DUE")) {
        due += count.vehicles();
      } else {
        left.add("%,d %s".formatted(count.vehicles(), count.state()));
        mayAct |= List.of("ISSUED", "IN_PROGRESS", "SILENT").contains(count.state());
      }
    }
    return "%,d vehicles are to go back%s%s"
        .formatted(
            due,
            left.isEmpty() ? "" : "; left alone: " + String.join(", ", left),
            mayAct ? " (withdraw takes back what vehicles may still act on)" : "");
  }
}
