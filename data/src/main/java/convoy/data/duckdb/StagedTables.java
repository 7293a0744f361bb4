package convoy.data.duckdb;

/**
 * The tables in which one export is staged. A file has tables of its own, because dropping a table
 * is quick and deleting ten million rows is not.
 */
record StagedTables(String sha256) {
  String vehicles() {
    return "staged_vehicle_" + suffix();
  }

  String ecus() {
    return "staged_ecu_" + suffix();
  }

  private String suffix() {
    return Long.toHexString(FileId.of(sha256));
  }

  void create(Db db) {
    db.text("create table if not exists " + vehicles() + " as from staged_vehicle limit 0")
        .update();
    db.text("create table if not exists " + ecus() + " as from staged_ecu limit 0").update();
  }

  /** Names them file_vehicle and file_ecu for the statements of a landing. */
  void open(Db db) {
    create(db);
    db.text("create or replace temp view file_vehicle as from " + vehicles()).update();
    db.text("create or replace temp view file_ecu as from " + ecus()).update();
  }

  void drop(Db db) {
    db.text("drop view if exists file_vehicle").update();
    db.text("drop view if exists file_ecu").update();
    db.text("drop table if exists " + vehicles()).update();
    db.text("drop table if exists " + ecus()).update();
  }
}
