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
    db.createLike(vehicles(), "staged_vehicle");
    db.createLike(ecus(), "staged_ecu");
  }

  /**
   * Names what is staged for the statements of a landing, as long as its connection is open:
   * file_vehicle and file_ecu; rejected_row, the numbers of rows that may not land; incoming_ecu,
   * the ECU rows that may.
   */
  void open(Db db) {
    create(db);
    view(db, "file_vehicle", "from " + vehicles());
    view(db, "file_ecu", "from " + ecus());
    view(
        db,
        "rejected_row",
        "select distinct row_no from staged_rejection where sha256 = '%s' and severity = 'ERROR'"
            .formatted(sha256));
    view(
        db,
        "incoming_ecu",
        "select %d::bigint as file_id, * from file_ecu where row_no not in (from rejected_row)"
            .formatted(FileId.of(sha256)));
  }

  private static void view(Db db, String name, String query) {
    db.text("create or replace temp view " + name + " as " + query).update();
  }

  void drop(Db db) {
    db.text("drop table if exists " + vehicles()).update();
    db.text("drop table if exists " + ecus()).update();
  }
}
