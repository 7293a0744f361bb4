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

  private static final String VERSION_REPORT = "VERSION_REPORT";

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
          db.sql("land/latest_reports").param("file", fileId).update();
          keepReported(db, "STATUS", now);
          RowCounts counts = count(db, "land/count_events", file);
          if (hasReports(db)) {
            // A success may come to be known after a later report that the ECU fell back.
            keepMeaning(db, "landing_event", fileId, now);
          }
          end(db, Purpose.STATUS, file, counts, ImportLedger.Notes.NONE, runId, now);
        });
    return ImportLedger.find(store, file.sha256()).orElseThrow();
  }

  /**
   * Lands version reports: what ECUs run under their own signatures. What that means for the
   * manifests of their vehicles is kept as events.
   */
  public static Entry reports(FleetStore store, InputFile file, String runId, Instant now) {
    var known = ImportLedger.landed(store, file.sha256());
    if (known.isPresent()) {
      return known.get();
    }
    long fileId = FileId.of(file.sha256());
    store.transaction(
        db -> {
          for (String name : List.of("land/reject_reports", "land/landing_report")) {
            db.sql(name).param("sha256", file.sha256()).update();
          }
          db.sql("land/insert_reports").param("now", Db.utc(now)).update();
          db.sql("land/latest_versions").param("file", fileId).update();
          keepReported(db, VERSION_REPORT, now);
          keepMeaning(db, "landing_report", fileId, now);
          for (AttackAlerts.Alert alert : AttackAlerts.ofFile(db, file.sha256())) {
            AuditLog.append(
                db,
                now,
                "ATTACK_REPORTED",
                alert.vin(),
                null,
                "%s %s: %s".formatted(alert.module(), alert.serial(), alert.attacks()));
          }
          RowCounts counts = count(db, "land/count_reports", file);
          ImportLedger.Notes notes = new ImportLedger.Notes(warned(db, file), 0, 0);
          end(db, Purpose.STATUS, file, counts, notes, runId, now);
        });
    return ImportLedger.find(store, file.sha256()).orElseThrow();
  }

  /** Takes over what latest_report says that ECUs run. */
  private static void keepReported(Db db, String source, Instant now) {
    db.text("insert into touched_vehicle select distinct vin from latest_report").update();
    db.sql("land/record_reports").param("source", source).param("now", Db.utc(now)).update();
    db.sql("land/update_reported").param("source", source).update();
  }

  private static boolean hasReports(Db db) {
    return db.text("select exists (select 1 from version_report)").query(Boolean.class).single();
  }

  /**
   * Keeps what version reports of the vehicles in heard_vehicle say of what was known of them, and
   * of their manifests.
   */
  private static void keepMeaning(Db db, String landed, long fileId, Instant now) {
    db.text("create or replace temp table heard_vehicle as select distinct vin from " + landed)
        .update();
    db.sql("land/disproved_versions").param("file", fileId).update();
    keepReported(db, VERSION_REPORT, now);
    db.sql("land/report_events").update();
    db.sql("land/insert_events").param("now", Db.utc(now)).update();
    db.sql("land/queue_folds").update();
  }

  private static long warned(Db db, InputFile file) {
    return db.text(
            "select count(distinct row_no) from staged_rejection r where sha256 = :sha256 and"
                + " severity = 'WARN' and not exists (select 1 from staged_rejection e where"
                + " e.sha256 = r.sha256 and e.row_no = r.row_no and e.severity = 'ERROR')")
        .param("sha256", file.sha256())
        .query(Long.class)
        .single();
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
