package convoy.data.duckdb;

import convoy.data.duckdb.ImportLedger.Entry;
import convoy.data.duckdb.ImportLedger.Outcome;
import convoy.data.duckdb.ImportLedger.Purpose;
import java.time.Instant;
import java.util.List;

/**
 * Lands a file that is staged whole: its good rows change the fleet, the others go to quarantine,
 * and the ledger remembers it, all in one transaction (rule 2 of ARCHITECTURE.md). Landing a file
 * that has landed does nothing.
 */
public final class Landing {
  private static final List<String> MANUFACTURING =
      List.of("land/reject_rows", "land/landing_vehicle", "land/landing_ecu");
  private static final List<String> STATUS = List.of("land/reject_events", "land/landing_event");

  private Landing() {}

  /** Lands a manufacturing export. */
  public static Entry manufacturing(FleetStore store, InputFile file, String runId, Instant now) {
    return land(
        store,
        file,
        Purpose.MANUFACTURING,
        runId,
        now,
        db -> {
          MANUFACTURING.forEach(name -> db.sql(name).param("sha256", file.sha256()).update());
          db.sql("land/merge_vehicles").update();
          db.sql("land/merge_ecus").update();
          db.sql("land/record_observations").param("now", Db.utc(now)).update();
          return count(db, "land/count_rows", file);
        });
  }

  /**
   * Lands a status log: its new events are kept, and the assignments that they speak of are queued
   * to be folded.
   */
  public static Entry status(FleetStore store, InputFile file, String runId, Instant now) {
    return land(
        store,
        file,
        Purpose.STATUS,
        runId,
        now,
        db -> {
          STATUS.forEach(name -> db.sql(name).param("sha256", file.sha256()).update());
          db.sql("land/insert_events").param("now", Db.utc(now)).update();
          db.sql("land/queue_folds").update();
          db.sql("land/latest_reports").update();
          db.sql("land/record_reports").param("now", Db.utc(now)).update();
          db.sql("land/update_reported").update();
          return count(db, "land/count_events", file);
        });
  }

  private interface Work {
    RowCounts apply(Db db);
  }

  private static Entry land(
      FleetStore store, InputFile file, Purpose purpose, String runId, Instant now, Work work) {
    var known = ImportLedger.find(store, file.sha256()).filter(e -> e.outcome() == Outcome.LANDED);
    if (known.isPresent()) {
      return known.get();
    }
    store.transaction(
        db -> {
          RowCounts counts = work.apply(db);
          Quarantine.forget(db, file.sha256());
          db.sql("land/quarantine_rejections")
              .param("sha256", file.sha256())
              .param("file", file.name())
              .param("now", Db.utc(now))
              .update();
          ImportLedger.insert(
              db, new Entry(file, purpose, Outcome.LANDED, null, counts), runId, now);
          ImportLedger.discardStaged(db, file);
          AuditLog.append(db, now, "FILE_LANDED", file.name(), null, file.sha256() + " " + counts);
        });
    return ImportLedger.find(store, file.sha256()).orElseThrow();
  }

  private static RowCounts count(Db db, String statement, InputFile file) {
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
