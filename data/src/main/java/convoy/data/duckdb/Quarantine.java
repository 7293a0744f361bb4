package convoy.data.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input that was rejected, with what was wrong with it. */
public final class Quarantine {
  private Quarantine() {}

  /** One fault of one rejected row, or, on line 0, of a whole file. */
  public record Line(
      String file,
      @Nullable String sheet,
      long line,
      String column,
      String rule,
      String found,
      String expected,
      String raw) {}

  /** What was rejected of the file of these bytes, in file order. */
  public static List<Line> of(FleetStore store, String sha256) {
    return store.read(
        db ->
            db.sql("land/quarantine_lines")
                .param("sha256", sha256)
                .query((row, i) -> line(row))
                .list());
  }

  static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getString("file"),
        row.getString("sheet"),
        row.getLong("line"),
        row.getString("column_name"),
        row.getString("rule"),
        row.getString("found"),
        row.getString("expected"),
        row.getString("raw"));
  }

  /** Forgets what was said of a file of this name and these bytes. */
  static void forget(Db db, InputFile file) {
    db.text("delete from quarantine where sha256 = :sha256 and file = :file")
        .param("sha256", file.sha256())
        .param("file", file.name())
        .update();
  }

  /** Forgets what was said of these bytes before: a file that comes again is judged anew. */
  static void forget(Db db, String sha256) {
    db.text("delete from quarantine where sha256 = :sha256").param("sha256", sha256).update();
  }
}
