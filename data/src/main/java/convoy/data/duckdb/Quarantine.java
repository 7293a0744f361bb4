package convoy.data.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
    return lines(store, "land/quarantine_lines", "sha256", sha256);
  }

  /** What is worth a look in the rows of that file that were kept. */
  public static List<Line> warnings(FleetStore store, String sha256) {
    return lines(store, "land/warning_lines", "sha256", sha256);
  }

  /** The known vehicles that this full export did not name, as lines 0. */
  public static List<Line> missing(FleetStore store, String sha256) {
    return lines(store, "land/missing_lines", "file", FileId.of(sha256));
  }

  private static List<Line> lines(
      FleetStore store, String statement, String parameter, Object value) {
    return store.read(
        db -> db.sql(statement).param(parameter, value).query((row, i) -> line(row)).list());
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
    for (String table : List.of("quarantine", "import_warning")) {
      db.text("delete from " + table + " where sha256 = :sha256 and file = :file")
          .param("sha256", file.sha256())
          .param("file", file.name())
          .update();
    }
  }

  /** Keeps what was found in the rows that are staged of a file: faults, and what it warns of. */
  static void keepStaged(Db db, InputFile file, Instant now) {
    for (String statement : List.of("land/quarantine_rejections", "land/keep_warnings")) {
      db.sql(statement)
          .param("sha256", file.sha256())
          .param("file", file.name())
          .param("now", Db.utc(now))
          .update();
    }
  }

  /** Keeps why a file was refused as a whole. */
  static void keepRefusal(Db db, InputFile file, String message, Instant now) {
    db.text(
            "insert into quarantine values (:sha256, :file, 0, null, 0, '', 'FILE_REFUSED', :found,"
                + " :expected, '', :now, null)")
        .param("sha256", file.sha256())
        .param("file", file.name())
        .param("found", message)
        .param("expected", "a complete file of a known form")
        .param("now", Db.utc(now))
        .update();
  }

  /** Forgets what was said of these bytes before: a file that comes again is judged anew. */
  static void forget(Db db, String sha256) {
    for (String table : List.of("quarantine", "import_warning")) {
      db.text("delete from " + table + " where sha256 = :sha256").param("sha256", sha256).update();
    }
  }
}
