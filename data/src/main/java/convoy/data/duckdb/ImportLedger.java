package convoy.data.duckdb;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
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
      InputFile file,
      Purpose purpose,
      Outcome outcome,
      @Nullable String message,
      RowCounts rows,
      Notes notes) {}

  /**
   * What is worth saying of a file that landed.
   *
   * @param warned rows that were kept with a warning
   * @param missing known vehicles that a full export did not name
   * @param released ECUs of earlier files that waited for a vehicle of this one
   */
  public record Notes(long warned, long missing, long released) {
    public static final Notes NONE = new Notes(0, 0, 0);
  }

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

  /** The entry for a file of these bytes that was taken over; empty when none was. */
  public static Optional<Entry> landed(FleetStore store, String sha256) {
    return find(store, sha256).filter(entry -> entry.outcome() == Outcome.LANDED);
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
            row.getLong("rows_quarantined")),
        new Notes(
            row.getLong("rows_warned"),
            row.getLong("vehicles_missing"),
            row.getLong("ecus_released")));
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
    store.transaction(db -> refuse(db, file, purpose, runId, message, now));
  }

  static void refuse(
      Db db, InputFile file, Purpose purpose, String runId, String message, Instant now) {
    Quarantine.forget(db, file);
    Quarantine.keepStaged(db, file, now);
    discardStaged(db, file);
    db.text(
            "delete from import_file where sha256 = :sha256 and name = :name and run_id = :run and"
                + " outcome = 'REFUSED'")
        .param("sha256", file.sha256())
        .param("name", file.name())
        .param("run", runId)
        .update();
    insert(
        db,
        new Entry(file, purpose, Outcome.REFUSED, message, RowCounts.NONE, Notes.NONE),
        runId,
        now);
    Quarantine.keepRefusal(db, file, message, now);
    AuditLog.append(db, now, "FILE_REFUSED", file.name(), null, message);
  }

  static void insert(Db db, Entry entry, String runId, Instant now) {
    db.text(
            "insert into import_file values (:file, :sha256, :purpose, :name, :size, :run, :outcome,"
                + " :message, :read, :accepted, :unchanged, :quarantined, :warned, :missing, :released, :now)")
        .param("file", fileId(db, entry.file()))
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
        .param("warned", entry.notes().warned())
        .param("missing", entry.notes().missing())
        .param("released", entry.notes().released())
        .param("now", Db.utc(now))
        .update();
  }

  /** The file's number, which no other file may have. */
  private static long fileId(Db db, InputFile file) {
    long id = FileId.of(file.sha256());
    List<String> others =
        db.text("select name from import_file where file_id = :id and sha256 <> :sha256")
            .param("id", id)
            .param("sha256", file.sha256())
            .query(String.class)
            .list();
    if (!others.isEmpty()) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "%s: its SHA-256 begins as that of %s; change a byte of it that does not matter"
              .formatted(file.name(), others.get(0)));
    }
    return id;
  }

  /** Forgets everything that was read of a file and has not landed. */
  public static void forgetStaged(FleetStore store, InputFile file) {
    store.transaction(db -> discardStaged(db, file));
  }

  static void discardStaged(Db db, InputFile file) {
    for (String table : List.of("staged_event", "staged_report", "staged_rejection")) {
      db.text("delete from " + table + " where sha256 = :sha256")
          .param("sha256", file.sha256())
          .update();
    }
    new StagedTables(file.sha256()).drop(db);
    StepPositions.forget(db, stagingStep(file.sha256()));
  }

  /** The name under which the reading of that file keeps its position. */
  public static String stagingStep(String sha256) {
    return "stage:" + sha256;
  }
}
