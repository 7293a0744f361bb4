package convoy.data.duckdb;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which input files were taken over or refused, by content: the same bytes are never taken over
 * twice.
 */
public final class ImportLedger {
  private ImportLedger() {}

  /** What kind of input a file is. */
  public enum Purpose {
    MANUFACTURING,
    STATUS
  }

  /** How it ended for a file. */
  public enum Outcome {
    LANDED,
    REFUSED
  }

  /** A file that came in, and how its rows were accounted for. */
  public record Entry(
      InputFile file, Purpose purpose, Outcome outcome, @Nullable String message, RowCounts rows) {}

  /** The last entry for a file of these bytes. */
  public static Optional<Entry> find(FleetStore store, String sha256) {
    return store.read(
        db ->
            db.text(
                    "select * from import_file where sha256 = :sha256 order by landed_at desc limit"
                        + " 1")
                .param("sha256", sha256)
                .query((row, i) -> entry(row))
                .optional());
  }

  /** The files that a run took over or refused, in the order in which it did. */
  public static List<Entry> ofRun(FleetStore store, String runId) {
    return store.read(
        db ->
            db.text("select * from import_file where run_id = :run order by landed_at, name")
                .param("run", runId)
                .query((row, i) -> entry(row))
                .list());
  }

  private static Entry entry(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Entry(
        new InputFile(row.getString("sha256"), row.getString("name"), row.getLong("size_bytes")),
        Purpose.valueOf(row.getString("purpose")),
        Outcome.valueOf(row.getString("outcome")),
        row.getString("message"),
        new RowCounts(
            row.getLong("rows_read"),
            row.getLong("rows_accepted"),
            row.getLong("rows_unchanged"),
            row.getLong("rows_quarantined")));
  }

  /**
   * Records that a file was refused as a whole, with a quarantine line that says why; what was
   * staged of it goes. Refusing it again, in the same run after a kill or in a later one, replaces
   * what was said of that name before.
   */
  public static void refuse(
      FleetStore store,
      InputFile file,
      Purpose purpose,
      String runId,
      String message,
      Instant now) {
    store.transaction(
        db -> {
          discardStaged(db, file);
          Quarantine.forget(db, file);
          db.text(
                  "delete from import_file where sha256 = :sha256 and name = :name and run_id ="
                      + " :run and outcome = 'REFUSED'")
              .param("sha256", file.sha256())
              .param("name", file.name())
              .param("run", runId)
              .update();
          insert(
              db, new Entry(file, purpose, Outcome.REFUSED, message, RowCounts.NONE), runId, now);
          db.text(
                  "insert into quarantine values (:sha256, :file, 0, null, 0, '', 'FILE_REFUSED',"
                      + " :found, :expected, '', :now)")
              .param("sha256", file.sha256())
              .param("file", file.name())
              .param("found", message)
              .param("expected", "a complete file of a known form")
              .param("now", Db.utc(now))
              .update();
          AuditLog.append(db, now, "FILE_REFUSED", file.name(), null, message);
        });
  }

  static void insert(Db db, Entry entry, String runId, Instant now) {
    db.text(
            "insert into import_file values (:sha256, :purpose, :name, :size, :run, :outcome,"
                + " :message, :read, :accepted, :unchanged, :quarantined, :now)")
        .param("sha256", entry.file().sha256())
        .param("purpose", entry.purpose().name())
        .param("name", entry.file().name())
        .param("size", entry.file().size())
        .param("run", runId)
        .param("outcome", entry.outcome().name())
        .param("message", entry.message())
        .param("read", entry.rows().read())
        .param("accepted", entry.rows().accepted())
        .param("unchanged", entry.rows().unchanged())
        .param("quarantined", entry.rows().quarantined())
        .param("now", Db.utc(now))
        .update();
  }

  /** Forgets everything that was read of a file and has not landed. */
  static void discardStaged(Db db, InputFile file) {
    for (String table : List.of("staged_row", "staged_event", "staged_rejection")) {
      db.text("delete from " + table + " where sha256 = :sha256")
          .param("sha256", file.sha256())
          .update();
    }
    StepPositions.forget(db, stagingStep(file.sha256()));
  }

  /** The name under which the reading of that file keeps its position. */
  public static String stagingStep(String sha256) {
    return "stage:" + sha256;
  }
}
