package convoy.data.duckdb;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements under {@code report/}: tables for people, whose columns and kinds come from the
 * SQL itself.
 */
public final class Reports {
  private Reports() {}

  /** What the cells of a column are. */
  public enum Kind {
    TEXT,
    /** A whole number, as a Long. */
    COUNT,
    /** A share from 0 to 1, as a Double. */
    SHARE,
    /** A point in time, as an Instant. */
    TIME
  }

  /** One column of a report. */
  public record Column(String name, Kind kind) {}

  /** The columns of a report. */
  public static List<Column> columns(FleetStore store, String report, String runId) {
    return store.read(
        db -> query(db, report, runId, "limit 0", rows -> columns(rows.getMetaData())));
  }

  /** The rows of a report, in order, held in memory as a whole. */
  public static Iterator<List<@Nullable Object>> rows(
      FleetStore store, String report, String runId) {
    return store.read(
        db ->
            query(
                db,
                report,
                runId,
                "",
                rows -> {
                  List<Column> columns = columns(rows.getMetaData());
                  List<List<@Nullable Object>> all = new ArrayList<>();
                  while (rows.next()) {
                    all.add(row(rows, columns));
                  }
                  return all.iterator();
                }));
  }

  private interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private static <T> T query(Db db, String report, String runId, String suffix, Reader<T> reader) {
    String sql = Sql.load("report/" + report).replaceFirst(";\\s*$", "");
    var statement =
        suffix.isEmpty() ? db.text(sql) : db.text("select * from (" + sql + "\n) " + suffix);
    return statement.param("run", runId).query(reader::read);
  }

  private static List<Column> columns(ResultSetMetaData meta) throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      Kind kind =
          switch (meta.getColumnType(i)) {
            case Types.INTEGER, Types.BIGINT, Types.SMALLINT, Types.TINYINT -> Kind.COUNT;
            case Types.DOUBLE, Types.FLOAT, Types.REAL -> Kind.SHARE;
            case Types.TIMESTAMP -> Kind.TIME;
            default -> Kind.TEXT;
          };
      columns.add(new Column(meta.getColumnLabel(i), kind));
    }
    return columns;
  }

  private static List<@Nullable Object> row(ResultSet rows, List<Column> columns)
      throws SQLException {
    List<@Nullable Object> cells = new ArrayList<>(columns.size());
    for (int i = 1; i <= columns.size(); i++) {
      Object value = rows.getObject(i);
      cells.add(
          value == null
              ? null
              : switch (columns.get(i - 1).kind()) {
                case TEXT -> value.toString();
                case COUNT -> rows.getLong(i);
                case SHARE -> rows.getDouble(i);
                case TIME -> rows.getObject(i, LocalDateTime.class).toInstant(ZoneOffset.UTC);
              });
    }
    return cells;
  }
}
