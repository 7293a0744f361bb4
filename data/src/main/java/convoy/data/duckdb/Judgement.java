package convoy.data.duckdb;

import convoy.data.eligibility.Reason;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one place where it is decided whether an update fits: applies the rules of some campaigns to
 * the kinds of vehicles and ECUs, and puts together from them what speaks against each campaign in
 * each vehicle of {@code vehicle_profile}.
 *
 * <p>The tables of profiles, kinds and faults are those of the store, or, for a look at some
 * vehicles as they are at this moment, temporary ones of the same names ({@link Subjects#fresh}).
 */
final class Judgement {
  /** What an update asks of one module. */
  private record Item(String campaign, int number, String kind, @Nullable Integer place) {}

  private static final long CURRENT = Reason.ALREADY_CURRENT.bit();

  private final Db db;
  private final Map<String, List<Item>> items = new TreeMap<>();
  private final Map<String, AudienceSql> audiences;

  private Judgement(Db db, List<String> campaigns) {
    this.db = db;
    this.audiences = AudienceSql.of(db, campaigns);
  }

  /**
   * Applies the rules of these campaigns to all kinds; what comes of it is in {@code
   * judged_ecu_fault} and {@code judged_vehicle_fault}.
   */
  static Judgement of(Db db, VersionKeys keys, List<String> campaigns) {
    db.text(
            "create or replace temp table judged_campaign as"
                + " select unnest(cast(cast(:campaigns as json) as varchar[])) as campaign")
        .param("campaigns", Db.json(campaigns))
        .update();
    db.sql("match/items").update();
    keys.offer(
        db,
        "select distinct module, software_version from ecu_kind",
        () ->
            db.text(
                    "create or replace temp table version_key as"
                        + " select module, version as software_version, key as software_key from offered_versions()")
                .update());
    db.text(named("match/ecu_faults")).update();
    db.text(named("match/vehicle_faults")).update();
    Judgement judgement = new Judgement(db, campaigns);
    db.text("select campaign, item, kind, module_place from item order by campaign, item")
        .query(
            (row, i) ->
                judgement
                    .items
                    .computeIfAbsent(row.getString(1), c -> new ArrayList<>())
                    .add(
                        new Item(
                            row.getString(1),
                            row.getInt(2),
                            row.getString(3),
                            row.getObject(4, Integer.class))))
        .list();
    return judgement;
  }

  /**
   * A statement with each {@code {REASON}} in it replaced by the reason's bit, {@code {EXCLUDES}}
   * by those of all that exclude, and {@code {reasons}} by a list of all.
   */
  static String named(String statement) {
    return coded(Sql.load(statement));
  }

  private static String coded(String text) {
    String sql = text;
    for (Reason reason : Reason.values()) {
      sql = sql.replace("{" + reason + "}", Long.toString(reason.bit()));
    }
    return sql.replace("{EXCLUDES}", Long.toString(Reason.bits(Reason.Effect.EXCLUDES)))
        .replace(
            "{reasons}",
            Stream.of(Reason.values())
                .map(r -> "{'code': '%s', 'bit': %d}".formatted(r, r.bit()))
                .collect(Collectors.joining(", ", "[", "]")));
  }

  /**
   * The campaigns that are new, or whose rules judge a kind otherwise than at the last matching.
   */
  Set<String> otherRules() {
    return Set.copyOf(db.sql("match/other_rules").query(String.class).list());
  }

  /** What the rules say of the kinds is kept for the campaigns that were judged. */
  void keep() {
    for (String table : List.of("ecu_fault", "vehicle_fault")) {
      db.text("delete from " + table + " where campaign in (from judged_campaign)").update();
      db.text("insert into " + table + " from judged_" + table).update();
    }
  }

  /**
   * Runs a statement in which {@code {judged}} stands for the vehicles of {@code vehicle_profile},
   * once for each of the campaigns, with the bits of their reasons: columns campaign, vin, faults,
   * vehicle_faults, item_faults.
   *
   * @param staleBefore vehicles that were not heard of since then are stale
   */
  SqlStatement judged(String statement, Collection<String> campaigns, LocalDateTime staleBefore) {
    String judged =
        campaigns.stream().map(this::judgedSql).collect(Collectors.joining("\nunion all\n"));
    SqlStatement spec =
        db.text(coded(statement.replace("{judged}", judged))).param("stale_before", staleBefore);
    campaigns.forEach(campaign -> spec.params(audience(campaign).parameters()));
    return spec;
  }

  /** What the audience asks of each vehicle beyond what its kind tells. */
  AudienceSql audience(String campaign) {
    return Objects.requireNonNull(audiences.get(campaign), campaign);
  }

  private String judgedSql(String campaign) {
    List<Item> asked = items.getOrDefault(campaign, List.of());
    AudienceSql audience = audience(campaign);
    String joins =
        asked.stream()
            .map(
                i ->
                    "\njoin ecu_fault i%1$d on i%1$d.campaign = {campaign} and i%1$d.item = %1$d and i%1$d.kind = %2$s"
                        .formatted(
                            i.number(),
                            i.place() == null
                                ? "0"
                                : "coalesce(p.ecu_kinds[%d], 0)".formatted(i.place())))
            .collect(Collectors.joining());
    if (audience.needsKind()) {
      joins += "\njoin vehicle_kind k on k.kind = p.vehicle_kind";
    }
    String any = bits(asked, " | ");
    String changed = bits(asked.stream().filter(i -> i.kind().equals("FROM")).toList(), " & ");
    return Sql.load("match/judge")
        .replace("{joins}", joins)
        .replace("{audience}", audience.faults())
        // An ECU that is current speaks against the update only when all that it changes are.
        .replace("{faults}", "(%s & ~%d) | (%s & %d)".formatted(any, CURRENT, changed, CURRENT))
        .replace(
            "{parts}",
            ", v.faults as vehicle_faults, [%s] as item_faults"
                .formatted(
                    asked.stream()
                        .map(i -> "i%d.faults".formatted(i.number()))
                        .collect(Collectors.joining(", "))))
        .replace("{campaign}", audience.campaign());
  }

  private static String bits(List<Item> items, String operator) {
    return items.stream()
        .map(i -> "i%d.faults".formatted(i.number()))
        .collect(Collectors.joining(operator, "(", ")"));
  }
}
