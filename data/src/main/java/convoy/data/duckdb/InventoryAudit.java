package convoy.data.duckdb;

import convoy.data.accuracy.AuditRules;
import convoy.data.accuracy.InventoryCheck;
import convoy.data.vehicle.ModuleCatalog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accuracy of the whole inventory: how much each check found in each run, with examples. */
public final class InventoryAudit {
  /**
   * What a check found in a run.
   *
   * @param before what it found in the run before; null when it did not look then
   */
  public record Result(
      InventoryCheck check, long findings, long rowsChecked, @Nullable Long before) {}

  private static final BulkTable.Definition<AuditRules.Combination> IMPOSSIBLE =
      new BulkTable.Definition<AuditRules.Combination>("offered_combinations")
          .text("powertrain", c -> c.powertrain().name())
          .text("module", AuditRules.Combination::module);

  private InventoryAudit() {}

  /**
   * Applies every check, in one transaction. What the run found before is replaced.
   *
   * @param modules how versions are keyed now
   */
  public static void run(
      FleetStore store, String run, AuditRules rules, ModuleCatalog modules, Instant now) {
    VersionKeys versions = new VersionKeys(store, modules);
    BulkTable<AuditRules.Combination> impossible = store.bulk(IMPOSSIBLE);
    store.transaction(
        db -> {
          for (String table : List.of("audit_finding_count", "audit_example")) {
            db.text("delete from " + table + " where run_id = :run").param("run", run).update();
          }
          db.script("audit/prepare");
          versions.offer(
              db, Sql.load("audit/versions"), () -> db.sql("audit/number_versions").update());
          impossible.offer(
              rules.impossible(),
              () ->
                  db.text("insert into audit_impossible select * from offered_combinations()")
                      .update());
          Map<InventoryCheck.Subject, Long> rows =
              Map.of(
                  InventoryCheck.Subject.VEHICLES, count(db, "vehicle"),
                  InventoryCheck.Subject.ECUS, count(db, "ecu"));
          for (InventoryCheck check : InventoryCheck.values()) {
            collect(db, check, rules, now);
            db.sql("audit/count")
                .param("run", run)
                .param("check", check.name())
                .param("severity", check.severity().name())
                .param("title", check.title())
                .param("rows", rows.get(check.subject()))
                .param("now", Db.utc(now))
                .update();
            db.sql("audit/keep_examples").param("run", run).param("check", check.name()).update();
          }
        });
  }

  /** One pass: all findings are counted, and only the examples are held. */
  private static void collect(Db db, InventoryCheck check, AuditRules rules, Instant now) {
    String findings = Sql.load("audit/" + check.name().toLowerCase(Locale.ROOT));
    db.text(Sql.load("audit/collect").replace("{findings}", findings.replaceFirst(";\\s*$", "")))
        .param("examples", rules.examples())
        .param("release_vehicles", rules.releaseVehicles())
        .param("silent_before", Db.utc(now.minus(rules.silentAfter())))
        .update();
  }

  private static long count(Db db, String table) {
    return db.text("select count(*) from " + table).query(Long.class).single();
  }

  /** What the checks found in that run, in their order; empty when it did not audit. */
  public static List<Result> results(FleetStore store, String run) {
    return store.read(
        db -> db.sql("audit/results").param("run", run).query((row, i) -> result(row)).list());
  }

  private static Result result(ResultSet row) throws SQLException {
    long before = row.getLong("before");
    boolean lookedBefore = !row.wasNull();
    return new Result(
        InventoryCheck.valueOf(row.getString("check_id")),
        row.getLong("findings"),
        row.getLong("rows_checked"),
        lookedBefore ? before : null);
  }
}
