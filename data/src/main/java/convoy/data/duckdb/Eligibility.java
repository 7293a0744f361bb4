package convoy.data.duckdb;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which vehicles a campaign's update fits, and why it does not fit the others. */
public final class Eligibility {
  private Eligibility() {}

  /**
   * How many vehicles have each verdict.
   *
   * @param eligible vehicles that the update fits
   * @param ineligible the others; with {@code eligible} they are the fleet
   * @param byReason ineligible vehicles by reason; one with two reasons counts under each
   */
  public record Counts(long eligible, long ineligible, Map<String, Long> byReason) {}

  /** Campaigns that may still issue manifests, in the order in which they go first. */
  public static List<String> openCampaigns(FleetStore store) {
    return store.read(db -> db.sql("match/open_campaigns").query(String.class).list());
  }

  /**
   * Decides anew for the whole fleet; the campaign's earlier decision is replaced in the same
   * transaction.
   */
  public static void match(FleetStore store, String campaign, Instant now) {
    store.transaction(
        db -> {
          for (String table : List.of("eligible", "eligibility_count")) {
            db.text("delete from " + table + " where campaign = :campaign")
                .param("campaign", campaign)
                .update();
          }
          db.sql("match/assessed").param("campaign", campaign).update();
          db.sql("match/fill_eligible").param("campaign", campaign).update();
          db.sql("match/count_reasons")
              .param("campaign", campaign)
              .param("now", Db.utc(now))
              .update();
        });
  }

  /** The counts of the campaign's last matching. */
  public static Counts counts(FleetStore store, String campaign) {
    Map<String, Long> verdicts = new TreeMap<>();
    Map<String, Long> reasons = new TreeMap<>();
    store.read(
        db ->
            db.text(
                    "select verdict, reason, vehicles from eligibility_count where campaign = :campaign")
                .param("campaign", campaign)
                .query(
                    (row, i) ->
                        row.getString("reason").isEmpty()
                            ? verdicts.put(row.getString("verdict"), row.getLong("vehicles"))
                            : reasons.put(row.getString("reason"), row.getLong("vehicles")))
                .list());
    return new Counts(
        verdicts.getOrDefault("ELIGIBLE", 0L), verdicts.getOrDefault("INELIGIBLE", 0L), reasons);
  }
}
