package convoy.data.duckdb;

import convoy.data.eligibility.MatchRules;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One matching, inside the transaction that {@link Eligibility#match} begins. Vehicles of which
 * nothing changed since the last matching keep their verdicts, unless the rules of a campaign have.
 */
final class Matching {
  /** From this share of the fleet on, in percent, making all profiles anew is the faster way. */
  private static final int ANEW_FROM = 30;

  /** Campaigns in one statement, and vehicles times campaigns, at the most. */
  private static final int MOST_CAMPAIGNS = 50;

  private static final long MOST_JUDGED = 20_000_000;

  private final Db db;
  private final VersionKeys keys;
  private final MatchRules rules;
  private final List<String> campaigns;
  private final Instant now;
  private final LocalDateTime staleBefore;
  private LocalDateTime lastStaleBefore;

  Matching(Db db, VersionKeys keys, MatchRules rules, List<String> campaigns, Instant now) {
    this.db = db;
    this.keys = keys;
    this.rules = rules;
    this.campaigns = campaigns;
    this.now = now;
    this.staleBefore = Db.utc(rules.staleBefore(now));
    this.lastStaleBefore = staleBefore;
  }

  void run() {
    boolean anew = refreshProfiles();
    Judgement judgement = Judgement.of(db, keys, campaigns);
    Set<String> whole = anew ? Set.copyOf(campaigns) : judgement.otherRules();
    List<String> changed = campaigns.stream().filter(c -> !whole.contains(c)).toList();
    judgement.keep();
    forget(whole, changed);
    db.text(
            "create or replace temp table judged_count"
                + " (campaign varchar, faults bigint, vehicles bigint)")
        .update();
    decide(judgement, whole);
    if (!changed.isEmpty() && count("changed_vehicle") > 0) {
      decideChanged(judgement, changed);
    }
    db.script("match/merge_counts");
    db.text("delete from fault_count where campaign in (from judged_campaign)").update();
    db.text("insert into fault_count from new_count").update();
    finish();
  }

  /**
   * Brings vehicle_profile up to date; what it held of changed vehicles is in former_profile.
   *
   * @return whether all of it was made anew
   */
  private boolean refreshProfiles() {
    lastStaleBefore =
        db.text("select coalesce(max(stale_before), :stale_before) from matching")
            .param("stale_before", staleBefore)
            .query(LocalDateTime.class)
            .single();
    db.sql("match/changed")
        .param("stale_before", staleBefore)
        .param("last_stale_before", lastStaleBefore)
        .update();
    long fleet = count("vehicle");
    boolean anew = count("changed_vehicle") * 100 >= fleet * ANEW_FROM;
    if (!anew) {
      db.text(
              "create or replace temp table former_profile as"
                  + " select * from vehicle_profile where vin in (from changed_vehicle)")
          .update();
      db.text("delete from vehicle_profile where vin in (from changed_vehicle)").update();
      Subjects.add(db, "changed_vehicle");
      anew = count("vehicle_profile") != fleet;
    }
    if (anew) {
      Subjects.all(db);
    }
    db.text("delete from touched_vehicle").update();
    return anew;
  }

  /** What was decided before, of everything or of what changed. */
  private void forget(Set<String> whole, List<String> changed) {
    for (String table : List.of("eligible", "undecided")) {
      delete(table, whole, "");
      delete(table, changed, " and vin in (from changed_vehicle)");
    }
    delete("fault_count", whole, "");
  }

  private void delete(String table, Collection<String> campaigns, String which) {
    db.text(
            "delete from %s where list_contains(cast(cast(:campaigns as json) as varchar[]), campaign)%s"
                .formatted(table, which))
        .param("campaigns", Db.json(campaigns))
        .update();
  }

  /** One pass over the vehicles: those that nothing excludes are gathered while all are counted. */
  private void decide(Judgement judgement, Collection<String> campaigns) {
    for (List<String> some : portions(campaigns)) {
      judgement
          .judged(
              "create or replace temp table judged_group as"
                  + " select campaign, faults, count(*) as vehicles,"
                  + " list(vin) filter (faults & {EXCLUDES} = 0) as vins"
                  + " from ({judged}) group by campaign, faults",
              some,
              staleBefore)
          .update();
      keep("judged_count", "faults, vehicles", "true");
      keep("eligible", "unnest(vins)", "faults = 0");
      keep("undecided", "unnest(vins)", "faults <> 0 and vins is not null");
    }
  }

  private void keep(String table, String columns, String which) {
    db.text(
            "insert into %s select campaign, %s from judged_group where %s"
                .formatted(table, columns, which))
        .update();
  }

  /** Only what changed: how it counted before is taken off, how it counts now is added. */
  private void decideChanged(Judgement judgement, List<String> campaigns) {
    shadowProfiles("select * from former_profile");
    for (List<String> some : portions(campaigns)) {
      judgement
          .judged(
              "insert into judged_count select campaign, faults, -count(*) from ({judged})"
                  + " group by campaign, faults",
              some,
              lastStaleBefore)
          .update();
    }
    shadowProfiles(
        "select * from %s where vin in (from changed_vehicle)"
            .formatted(db.stored("vehicle_profile")));
    decide(judgement, campaigns);
    db.text("drop table temp.vehicle_profile").update();
  }

  /**
   * The campaigns in groups that are judged by one statement each. A statement costs time whatever
   * the number of vehicles; the vehicles that it gathers cost memory.
   */
  private List<List<String>> portions(Collection<String> campaigns) {
    long vehicles = Math.max(1, count("vehicle_profile"));
    int most = (int) Math.max(1, Math.min(MOST_CAMPAIGNS, MOST_JUDGED / vehicles));
    List<String> all = List.copyOf(campaigns);
    return IntStream.range(0, (all.size() + most - 1) / most)
        .mapToObj(i -> all.subList(i * most, Math.min(all.size(), (i + 1) * most)))
        .toList();
  }

  private void shadowProfiles(String profiles) {
    db.text("create or replace temp table vehicle_profile as " + profiles).update();
  }

  private void finish() {
    db.text("delete from matching").update();
    db.text("insert into matching select campaign, :now, :stale_before from judged_campaign")
        .param("now", Db.utc(now))
        .param("stale_before", staleBefore)
        .update();
    Holds.find(db, rules.zones(), now);
    db.text("delete from eligibility_count where campaign in (from judged_campaign)").update();
    db.text(Judgement.named("match/count_reasons")).param("now", Db.utc(now)).update();
    requireWholeFleet();
  }

  /** Every vehicle has one verdict; anything else is a fault of this program and lands nothing. */
  private void requireWholeFleet() {
    long fleet = count("vehicle");
    db.text(
            "select c.campaign, coalesce(sum(f.vehicles), 0) from judged_campaign c"
                + " left join fault_count f on f.campaign = c.campaign group by c.campaign")
        .query(
            (row, i) -> {
              if (row.getLong(2) != fleet) {
                throw new IllegalStateException(
                    "campaign %s: %,d vehicles judged, expected the %,d of the fleet"
                        .formatted(row.getString(1), row.getLong(2), fleet));
              }
              return true;
            })
        .list();
  }

  private long count(String table) {
    return db.text("select count(*) from " + table).query(Long.class).single();
  }
}
