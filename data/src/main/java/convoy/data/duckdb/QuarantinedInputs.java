package convoy.data.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Inputs with rejected rows, and what was done about them. */
public final class QuarantinedInputs {
  private QuarantinedInputs() {}

  /** A file as rejections know it. */
  private record Key(String sha256, String file) {
    static Key of(ResultSet row) throws SQLException {
      return new Key(row.getString("sha256"), row.getString("file"));
    }
  }

  /**
   * The inputs of which something was rejected, newest first.
   *
   * @param run only those of this run; null: of all
   */
  public static List<QuarantinedInput> all(FleetStore store, @Nullable String run) {
    return store.read(
        db -> {
          Map<Key, List<QuarantinedInput.RuleCount>> rules = rules(db);
          Map<Key, List<QuarantinedInput.Resubmission>> resubmissions = resubmissions(db);
          return db.sql("quarantine/inputs")
              .param("run", run)
              .query(
                  (row, i) -> {
                    Key key = new Key(row.getString("sha256"), row.getString("name"));
                    return input(
                        row,
                        rules.getOrDefault(key, List.of()),
                        resubmissions.getOrDefault(key, List.of()));
                  })
              .list();
        });
  }

  private static QuarantinedInput input(
      ResultSet row,
      List<QuarantinedInput.RuleCount> rules,
      List<QuarantinedInput.Resubmission> resubmissions)
      throws SQLException {
    Instant judgedAt = Objects.requireNonNull(Db.instant(row, "landed_at"));
    return new QuarantinedInput(
        row.getString("sha256"),
        row.getString("name"),
        ImportLedger.Purpose.valueOf(row.getString("purpose")),
        ImportLedger.Outcome.valueOf(row.getString("outcome")),
        row.getString("run_id"),
        judgedAt,
        row.getLong("rows_read"),
        row.getLong("rows_quarantined"),
        rules,
        // A file that was refused again after it was sent again is open again.
        resubmissions.stream().filter(r -> !r.at().isBefore(judgedAt)).toList());
  }

  private static Map<Key, List<QuarantinedInput.RuleCount>> rules(Db db) {
    Map<Key, List<QuarantinedInput.RuleCount>> rules = new HashMap<>();
    db.sql("quarantine/rules")
        .query(
            row -> {
              rules
                  .computeIfAbsent(Key.of(row), key -> new ArrayList<>())
                  .add(
                      new QuarantinedInput.RuleCount(
                          row.getString("rule"), row.getLong("row_count")));
            });
    return rules;
  }

  private static Map<Key, List<QuarantinedInput.Resubmission>> resubmissions(Db db) {
    Map<Key, List<QuarantinedInput.Resubmission>> made = new HashMap<>();
    db.sql("quarantine/resubmissions")
        .query(
            row -> {
              made.computeIfAbsent(Key.of(row), key -> new ArrayList<>())
                  .add(
                      new QuarantinedInput.Resubmission(
                          QuarantinedInput.Act.valueOf(row.getString("act")),
                          row.getString("rule"),
                          row.getLong("row_count"),
                          row.getString("target"),
                          Objects.requireNonNull(Db.instant(row, "resubmitted_at"))));
            });
    return made;
  }

  /**
   * The faults of the input's first rejected rows, in file order.
   *
   * @param rule only these faults; null: all
   * @param limit how many rows
   */
  public static List<Quarantine.Line> lines(
      FleetStore store, QuarantinedInput input, @Nullable String rule, long limit) {
    return store.read(
        db ->
            db.sql("quarantine/lines")
                .param("sha256", input.sha256())
                .param("file", input.name())
                .param("rule", rule)
                .param("limit", limit)
                .query((row, i) -> Quarantine.line(row))
                .list());
  }

  /**
   * Gives the input's rejected rows one after the other, in file order: there may be very many.
   *
   * @param rule only rows that broke this rule; null: all
   */
  public static void rows(
      FleetStore store,
      QuarantinedInput input,
      @Nullable String rule,
      Consumer<QuarantinedInput.Row> consumer) {
    store.read(
        db -> {
          db.sql("quarantine/rows")
              .param("sha256", input.sha256())
              .param("file", input.name())
              .param("rule", rule)
              .query(
                  row -> {
                    consumer.accept(row(row));
                  });
          return true;
        });
  }

  private static QuarantinedInput.Row row(ResultSet row) throws SQLException {
    return new QuarantinedInput.Row(
        row.getString("sheet"), row.getLong("line"), row.getString("raw"), Db.texts(row, "rules"));
  }

  /** Whether rejected rows were put into the inbox again in a file of exactly these bytes. */
  public static boolean isResubmission(FleetStore store, String sha256) {
    return store.read(
        db ->
            db.text(
                        "select count(*) from resubmission where act = 'SENT' and row_count > 0 and"
                            + " target_sha256 = :sha256")
                    .param("sha256", sha256)
                    .query(Long.class)
                    .single()
                > 0);
  }

  /**
   * Records a file that was made from what was rejected, and writes it into the audit log.
   *
   * @param targetSha256 of the file's bytes
   */
  public static void resubmitted(
      FleetStore store,
      QuarantinedInput input,
      QuarantinedInput.Resubmission made,
      String targetSha256) {
    store.transaction(
        db -> {
          db.text(
                  "insert into resubmission values (:sha256, :file, :act, :rule, :rows, :target, :sha, :now)")
              .param("sha256", input.sha256())
              .param("file", input.name())
              .param("act", made.act().name())
              .param("rule", made.rule())
              .param("rows", made.rows())
              .param("target", made.target())
              .param("sha", targetSha256)
              .param("now", Db.utc(made.at()))
              .update();
          AuditLog.append(
              db,
              made.at(),
              "QUARANTINE_" + made.act().name(),
              input.shortHash() + "-" + input.name(),
              null,
              "%s to %s".formatted(said(made), made.target()));
        });
  }

  private static String said(QuarantinedInput.Resubmission made) {
    if (made.rows() == 0) {
      return "the whole file";
    }
    return made.rows() + " rows" + (made.rule() == null ? "" : " of " + made.rule());
  }
}
