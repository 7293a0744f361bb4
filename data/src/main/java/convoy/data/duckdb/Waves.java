package convoy.data.duckdb;

import convoy.data.status.CampaignTrigger;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Waves and the assignments in them. */
public final class Waves {
  private Waves() {}

  /** The eligible vehicles of the campaign's last matching. */
  public static long eligible(FleetStore store, String campaign) {
    return store.read(
        db ->
            db.text("select count(*) from eligible where campaign = :campaign")
                .param("campaign", campaign)
                .query(Long.class)
                .single());
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
          for (int i = 0; i < names.size(); i++) {
            db.text("insert into wave values (:campaign, :wave, :name, :state, :released, null)")
                .param("campaign", campaign)
                .param("wave", i + 1)
                .param("name", names.get(i))
                .param("state", i == 0 ? "RELEASED" : "PLANNED")
                .param("released", i == 0 ? Db.utc(now) : null)
                .update();
          }
          db.sql("plan/assign")
              .param("campaign", campaign)
              .param(
                  "sizes",
                  sizes.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")))
              .param("now", Db.utc(now))
              .update();
          Campaigns.change(
              db,
              campaign,
              CampaignTrigger.RELEASE,
              AuditLog.user(),
              "waves planned: " + sizes,
              now);
        });
  }

  /**
   * Brings the assignments of a planned campaign up to date: new eligible vehicles join its last
   * wave, and planned ones that the update no longer fits are dropped.
   *
   * @return how many joined
   */
  public static int refresh(FleetStore store, String campaign, Instant now) {
    int[] joined = new int[1];
    store.transaction(
        db -> {
          joined[0] =
              db.sql("plan/join_last_wave")
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
    store.transaction(db -> db.sql("plan/compete").param("now", Db.utc(now)).update());
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
