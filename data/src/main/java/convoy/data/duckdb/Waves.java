package convoy.data.duckdb;

import convoy.data.campaign.Membership;
import convoy.data.status.CampaignTrigger;
import java.time.Instant;
import java.util.List;

/** Waves and the assignments in them. */
public final class Waves {
  private Waves() {}

  /** The eligible vehicles of the campaign's last matching. */
  public static long eligible(FleetStore store, String campaign) {
    return store.read(db -> Planning.eligible(db, campaign));
  }

  /** Whether the campaign's waves are planned already. */
  public static boolean isPlanned(FleetStore store, String campaign) {
    return store.read(
            db ->
                db.text("select count(*) from wave where campaign = :campaign")
                    .param("campaign", campaign)
                    .query(Long.class)
                    .single())
        > 0;
  }

  /**
   * Plans the campaign's waves, releases the first and sets the campaign running, in one
   * transaction.
   *
   * @param names the waves' names, in order
   * @param sizes their vehicles, which together are the eligible ones
   */
  public static void plan(
      FleetStore store, String campaign, List<String> names, List<Long> sizes, Instant now) {
    store.transaction(
        db -> {
          Planning.plan(db, campaign, names, sizes, now);
          Campaigns.change(
              db, campaign, CampaignTrigger.RELEASE, db.actor(), "waves planned: " + sizes, now);
          AuditLog.append(
              db, now, "WAVES_PLANNED", campaign, null, "plan " + Planning.digest(db, campaign));
        });
  }

  /**
   * Brings the assignments of a planned campaign up to date: with open membership new eligible
   * vehicles join its last wave, and planned ones that the update no longer fits are dropped.
   *
   * @return how many joined
   */
  public static int refresh(FleetStore store, String campaign, Membership membership, Instant now) {
    int[] joined = new int[1];
    store.transaction(
        db -> {
          joined[0] =
              membership == Membership.FIXED
                  ? 0
                  : db.sql("plan/join_last_wave")
                      .param("campaign", campaign)
                      .param("now", Db.utc(now))
                      .update();
          db.sql("plan/drop_unfit").param("campaign", campaign).param("now", Db.utc(now)).update();
        });
    return joined[0];
  }

  /**
   * Decides for every vehicle that several campaigns claim which of them goes first; the others
   * wait for it.
   */
  public static void settleCompetition(FleetStore store, Instant now) {
    store.transaction(db -> Planning.settleCompetition(db, now));
  }

  /**
   * How many assignments of the campaign are in each state, as {@code STATE=n} pairs in the order
   * of the states.
   */
  public static List<StateCount> states(FleetStore store, String campaign) {
    return store.read(
        db ->
            db.text(
                    "select wave, state, count(*) as vehicles from assignment where campaign = :campaign"
                        + " group by wave, state order by wave, state")
                .param("campaign", campaign)
                .query(
                    (row, i) ->
                        new StateCount(
                            row.getInt("wave"), row.getString("state"), row.getLong("vehicles")))
                .list());
  }

  /** Vehicles of a wave in one state. */
  public record StateCount(int wave, String state, long vehicles) {}
}
