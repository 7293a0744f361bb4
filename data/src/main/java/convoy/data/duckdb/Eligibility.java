package convoy.data.duckdb;

import convoy.data.eligibility.MatchRules;
import convoy.data.eligibility.Reason;
import convoy.data.eligibility.Verdict;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which vehicles a campaign's update fits, and why it does not fit the others. */
public final class Eligibility {
  private Eligibility() {}

  /**
   * How many vehicles have each verdict; together they are the fleet.
   *
   * @param byReason vehicles by verdict and reason; one with two reasons counts under each. What
   *     holds eligible vehicles back is there too
   */
  public record Counts(
      long eligible, long ineligible, long unknown, Map<Verdict, Map<Reason, Long>> byReason) {
    /** All vehicles. */
    public long fleet() {
      return eligible + ineligible + unknown;
    }
  }

  /** Campaigns that may still issue manifests, in the order in which they go first. */
  public static List<String> openCampaigns(FleetStore store) {
    return store.read(db -> db.sql("match/open_campaigns").query(String.class).list());
  }

  /**
   * Decides for every open campaign which vehicles its update fits, in one transaction. What it
   * costs is in proportion to what changed since the last matching: vehicles of which something
   * changed, and the whole fleet for a campaign that is new or whose rules decide otherwise now.
   */
  public static void match(FleetStore store, MatchRules rules, Instant now) {
    VersionKeys keys = new VersionKeys(store, rules.modules());
    List<String> campaigns = openCampaigns(store);
    store.transaction(db -> new Matching(db, keys, rules, campaigns, now).run());
  }

  /** The counts of the campaign's last matching. */
  public static Counts counts(FleetStore store, String campaign) {
    return store.read(db -> counts(db, campaign));
  }

  static Counts counts(Db db, String campaign) {
    Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    Map<Verdict, Map<Reason, Long>> reasons = new EnumMap<>(Verdict.class);
    db.text("select verdict, reason, vehicles from eligibility_count where campaign = :campaign")
        .param("campaign", campaign)
        .query(
            (row, i) -> {
              Verdict verdict = Verdict.valueOf(row.getString("verdict"));
              String reason = row.getString("reason");
              long vehicles = row.getLong("vehicles");
              return reason.isEmpty()
                  ? verdicts.put(verdict, vehicles)
                  : reasons
                      .computeIfAbsent(verdict, v -> new EnumMap<>(Reason.class))
                      .put(Reason.valueOf(reason), vehicles);
            })
        .list();
    return new Counts(
        verdicts.getOrDefault(Verdict.ELIGIBLE, 0L),
        verdicts.getOrDefault(Verdict.INELIGIBLE, 0L),
        verdicts.getOrDefault(Verdict.UNKNOWN, 0L),
        reasons);
  }
}
