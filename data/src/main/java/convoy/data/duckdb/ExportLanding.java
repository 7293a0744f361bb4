package convoy.data.duckdb;

import convoy.data.vehicle.RowRule;
import convoy.data.vehicle.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The landing of one manufacturing export, inside the transaction that {@link Landing} begins:
 * first what shows only between rows is rejected, then the good rows change the fleet.
 */
final class ExportLanding {
  private record Raw(long rowNo, String text) {}

  private static final BulkTable.Definition<Raw> RAW =
      new BulkTable.Definition<Raw>("offered_raw")
          .number("row_no", Raw::rowNo)
          .text("raw", Raw::text);
  private static final int RAW_BATCH = 10_000;

  private static final List<RowRule> TWICE =
      List.of(
          RowRule.SERIAL_TWICE,
          RowRule.ENGINE_NUMBER_TWICE,
          RowRule.CHASSIS_NUMBER_TWICE,
          RowRule.SAME_TIME_DIFFERS);

  private final InputFile file;
  private final StagedExport export;
  private final StagedTables tables;
  private final BulkTable<Raw> rawTable;
  private final long fileId;
  private final Instant now;
  private long released;
  private long missing;
  private long warned;

  ExportLanding(FleetStore store, InputFile file, StagedExport export, Instant now) {
    this.file = file;
    this.export = export;
    this.tables = new StagedTables(file.sha256());
    // Made known to DuckDB before the transaction begins.
    this.rawTable = store.bulk(RAW);
    this.fileId = FileId.of(file.sha256());
    this.now = now;
  }

  /** Rejects rows for what stands on others, and says why the file is refused, if it is. */
  Optional<String> rejectRows(Db db) {
    tables.open(db);
    reject(db, "land/reject_vehicles", RowRule.DUPLICATE, RowRule.VEHICLE_DIFFERS);
    reject(db, "land/reject_ecus", RowRule.DUPLICATE);
    reject(db, "land/reject_orphans", RowRule.ECU_WITHOUT_VEHICLE);
    long read = StepPositions.committed(db, ImportLedger.stagingStep(file.sha256()));
    // An ECU that waits for its vehicle is no error of its file: a file may come before another.
    long errors =
        db.text(
                "select count(distinct row_no) from staged_rejection where sha256 = :sha256 and"
                    + " severity = 'ERROR' and rule <> 'ECU_WITHOUT_VEHICLE'")
            .param("sha256", file.sha256())
            .query(Long.class)
            .single();
    return export.errorShare().exceeded(read, errors);
  }

  private void reject(Db db, String statement, RowRule... rules) {
    var spec = db.sql(statement).param("sha256", file.sha256());
    for (RowRule rule : rules) {
      String name = rule.name().toLowerCase(Locale.ROOT);
      spec =
          spec.param(name, export.rules().message(rule))
              .param(name + "_severity", export.rules().severity(rule).name());
    }
    spec.update();
  }

  RowCounts land(Db db) {
    db.sql("land/landing_vehicle").param("file", fileId).update();
    missing = export.full() ? recordMissing(db) : 0;
    db.sql("land/touch_vehicles").update();
    db.sql("land/merge_vehicles").param("file", fileId).update();
    db.sql("land/keep_orphans").param("sha256", file.sha256()).param("file", fileId).update();
    landEcus(db);
    RowCounts counts = Landing.count(db, "land/count_rows", file);
    warnTwice(db);
    releaseOrphans(db);
    return counts;
  }

  ImportLedger.Notes notes() {
    return new ImportLedger.Notes(warned, missing, released);
  }

  /** Takes the ECUs of incoming_ecu over. */
  private void landEcus(Db db) {
    db.sql("land/landing_ecu").update();
    db.sql("land/record_observations").param("now", Db.utc(now)).update();
    db.sql("land/record_older").param("now", Db.utc(now)).update();
    db.sql("land/touch_ecus").update();
    db.sql("land/merge_ecus").update();
    db.sql("land/insert_ecus").update();
  }

  private long recordMissing(Db db) {
    return db.sql("land/missing_vehicles")
        .param("sha256", file.sha256())
        .param("file", fileId)
        .param("plant", export.plant())
        .update();
  }

  private void warnTwice(Db db) {
    List<String> on = new ArrayList<>();
    var spec = db.sql("land/warn_twice").param("sha256", file.sha256()).param("file", fileId);
    for (RowRule rule : TWICE) {
      spec = spec.param(rule.name().toLowerCase(Locale.ROOT), export.rules().message(rule));
      if (export.rules().severity(rule) != Severity.OFF) {
        on.add(rule.name());
      }
    }
    if (!on.isEmpty()) {
      spec.param("rules", Db.json(on)).update();
    }
    warned =
        db.text(
                "select count(distinct row_no) from staged_rejection where sha256 = :sha256 and"
                    + " severity = 'WARN' and row_no not in (from rejected_row)")
            .param("sha256", file.sha256())
            .query(Long.class)
            .single();
  }

  /** ECUs that waited for a vehicle of this file land as if they came now, oldest first. */
  private void releaseOrphans(Db db) {
    for (long count = release(db); count > 0; count = release(db)) {
      db.text("create or replace temp view incoming_ecu as from released_ecu").update();
      landEcus(db);
      db.sql("land/mark_released").param("now", Db.utc(now)).update();
      db.sql("land/forget_released").update();
      released += count;
    }
  }

  private long release(Db db) {
    db.sql("land/release_orphans").update();
    return db.text("select count(*) from released_ecu").query(Long.class).single();
  }

  /**
   * What SQL found gets the text of its rows from the file, which is read once more for all of it;
   * before it is kept.
   */
  void fillRaw(Db db) {
    List<Long> rows =
        db.text(
                "select distinct row_no from staged_rejection where sha256 = :sha256 and raw = ''"
                    + " order by row_no")
            .param("sha256", file.sha256())
            .query(Long.class)
            .list();
    if (rows.isEmpty()) {
      return;
    }
    List<Raw> batch = new ArrayList<>();
    export
        .raw()
        .read(
            rows,
            (text, rowNo) -> {
              batch.add(new Raw(rowNo, text));
              if (batch.size() == RAW_BATCH) {
                setRaw(db, batch);
              }
            });
    setRaw(db, batch);
  }

  private void setRaw(Db db, List<Raw> batch) {
    rawTable.offer(
        batch,
        () ->
            db.text(
                    "update staged_rejection s set raw = r.raw from offered_raw() r where s.sha256 ="
                        + " :sha256 and s.row_no = r.row_no and s.raw = ''")
                .param("sha256", file.sha256())
                .update());
    batch.clear();
  }
}
