package convoy.data.duckdb;

import convoy.data.duckdb.ImportLedger.Entry;
import convoy.data.duckdb.ImportLedger.Outcome;
import convoy.data.duckdb.ImportLedger.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lands a file that is staged whole: its good rows change the fleet, the others go to quarantine,
 * and the ledger remembers it, all in one transaction (rule 2 of ARCHITECTURE.md). Landing a file
 * that has landed does nothing.
 */
public final class Landing {
  private static final List<String> STATUS = List.of("land/reject_events", "land/landing_event");

  private Landing() {}

  /**
   * Lands a manufacturing export, or refuses it when too many of its rows are faulty: then nothing
   * changes but the quarantine, and the ledger says why.
   */
  public static Entry manufacturing(
      FleetStore store, InputFile file, StagedExport export, String runId, Instant now) {
    var known = ImportLedger.landed(store, file.sha256());
    if (known.isPresent()) {
      return known.get();
    }
    ExportLanding landing = new ExportLanding(store, file, export, now);
    store.transaction(
        db -> {
          Optional<String> refusal = landing.rejectRows(db);
          if (refusal.isPresent()) {
            landing.fillRaw(db);
            ImportLedger.refuse(db, file, Purpose.MANUFACTURING, runId, refusal.get(), now);
            return;
          }
          RowCounts counts = landing.land(db);
          landing.fillRaw(db);
          end(db, Purpose.MANUFACTURING, file, counts, landing.notes(), runId, now);
        });
    return ImportLedger.find(store, file.sha256()).orElseThrow();
  }

  /**
   * Lands a status log: its new events are kept, and the assignments that they speak of are queued
   * to be folded.
   */
  public static Entry status(FleetStore store, InputFile file, String runId, Instant now) {
    var known = ImportLedger.landed(store, file.sha256());
    if (known.isPresent()) {
      return known.get();
    }
    long fileId = FileId.of(file.sha256());
    store.transaction(
        db -> {
          STATUS.forEach(name -> db.sql(name).param("sha256", file.sha256()).update());
          db.sql("land/insert_events").param("now", Db.utc(now)).update();
          db.sql("land/queue_folds").update();
          db.sql("land/latest_reports").update();
          db.text("insert into touched_vehicle select distinct vin from latest_report").update();
          db.sql("land/record_reports").param("file", fileId).param("now", Db.utc(now)).update();
          db.sql("land/update_reported").param("file", fileId).update();
          RowCounts counts = count(db, "land/count_events", file);
          end(db, Purpose.STATUS, file, counts, ImportLedger.Notes.NONE, runId, now);
        });
    return ImportLedger.find(store, file.sha256()).orElseThrow();
  }

  private static void end(
      Db db,
      Purpose purpose,
      InputFile file,
      RowCounts counts,
      ImportLedger.Notes notes,
      String runId,
      Instant now) {
    Quarantine.forget(db, file.sha256());
    Quarantine.keepStaged(db, file, now);
    Entry entry = new Entry(file, purpose, Outcome.LANDED, null, counts, notes);
    ImportLedger.insert(db, entry, runId, now);
    ImportLedger.discardStaged(db, file);
    AuditLog.append(db, now, "FILE_LANDED", file.name(), null, file.sha256() + " " + counts);
  }

  static RowCounts count(Db db, String statement, InputFile file) {
    return db.sql(statement)
        .param("sha256", file.sha256())
        .param("step", ImportLedger.stagingStep(file.sha256()))
        .query(
            (row, i) ->
                new RowCounts(
                    row.getLong("rows_read"),
                    row.getLong("rows_accepted"),
                    row.getLong("rows_unchanged"),
                    row.getLong("rows_quarantined")))
        .single();
  }
}
