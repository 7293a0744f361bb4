package convoy.data.duckdb;

/**
 * Where each chunk step that is under way stands: how many input rows are committed to the fleet
 * store.
 */
public final class StepPositions {
  private StepPositions() {}

  /** Rows committed so far by that step; 0 when it has not begun. */
  public static long committed(FleetStore store, String step) {
    return store.read(db -> committed(db, step));
  }

  static long committed(Db db, String step) {
    return db.text("select coalesce(max(position), 0) from step_position where step = :step")
        .param("step", step)
        .query(Long.class)
        .single();
  }

  static void advance(Db db, String step, long position) {
    forget(db, step);
    db.text("insert into step_position values (:step, :position)")
        .param("step", step)
        .param("position", position)
        .update();
  }

  static void forget(Db db, String step) {
    db.text("delete from step_position where step = :step").param("step", step).update();
  }
}
