package convoy.data.duckdb;

import convoy.data.eligibility.Assessment;
import convoy.data.eligibility.Finding;
import convoy.data.eligibility.MatchRules;
import convoy.data.eligibility.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why the open campaigns decide on a vehicle as they do. It is decided here as the matching does,
 * from what is known at this moment.
 */
public final class Explanations {
  private record Row(String campaign, Finding finding) {}

  private Explanations() {}

  /**
   * What every open campaign decides on that vehicle, in the order in which campaigns go first;
   * empty when there is no such vehicle. It only reads.
   */
  public static List<Assessment> of(FleetStore store, String vin, MatchRules rules, Instant now) {
    VersionKeys keys = new VersionKeys(store, rules.modules());
    List<String> campaigns = Eligibility.openCampaigns(store);
    return store.readVehicle(
        vin,
        one ->
            one.read(
                db -> {
                  Subjects.freshOne(db);
                  return assess(db, keys, campaigns, vin, rules, now);
                }));
  }

  private static List<Assessment> assess(
      Db db, VersionKeys keys, List<String> campaigns, String vin, MatchRules rules, Instant now) {
    LocalDateTime staleBefore = Db.utc(rules.staleBefore(now));
    Judgement judgement = Judgement.of(db, keys, campaigns);
    judgement.keep();
    Map<String, Long> faults = new TreeMap<>();
    db.text(
            "create or replace temp table verdict (campaign varchar, vin varchar, faults bigint,"
                + " vehicle_faults bigint, item_faults bigint[])")
        .update();
    if (!campaigns.isEmpty()) {
      judgement.judged("insert into verdict {judged}", campaigns, staleBefore).update();
    }
    db.text(
            "create or replace temp table audience_finding"
                + " (campaign varchar, vin varchar, found varchar, expected varchar)")
        .update();
    campaigns.forEach(campaign -> judgement.audience(campaign).explain(db));
    db.text("select campaign, faults from verdict")
        .query((row, i) -> faults.put(row.getString(1), row.getLong(2)))
        .list();
    List<Row> rows = new ArrayList<>(reasons(db, staleBefore));
    rows.addAll(holds(db, rules, now));
    return campaigns.stream()
        .filter(faults::containsKey)
        .map(
            campaign ->
                new Assessment(
                    campaign,
                    vin,
                    Reason.verdict(faults.getOrDefault(campaign, 0L)),
                    rows.stream()
                        .filter(row -> row.campaign().equals(campaign))
                        .map(Row::finding)
                        .toList()))
        .toList();
  }

  private static List<Row> reasons(Db db, LocalDateTime staleBefore) {
    return db.text(Judgement.named("match/reasons"))
        .param("stale_before", staleBefore)
        .query((row, i) -> row(row))
        .list();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("campaign"),
        new Finding(
            Reason.valueOf(row.getString("code")),
            row.getString("module"),
            row.getString("found"),
            row.getString("expected"),
            row.getString("source_file"),
            row.getObject("source_line", Long.class)));
  }

  private static List<Row> holds(Db db, MatchRules rules, Instant now) {
    db.text(
            "create or replace temp table eligible as select campaign, vin from verdict where faults = 0")
        .update();
    Holds.find(db, rules.zones(), now);
    return db.sql("match/holds")
        .query(
            (row, i) ->
                new Row(
                    row.getString("campaign"),
                    new Finding(
                        Reason.valueOf(row.getString("reason")),
                        null,
                        row.getString("found"),
                        row.getString("expected"),
                        null,
                        null)))
        .list();
  }
}
