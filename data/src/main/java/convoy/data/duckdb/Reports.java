package convoy.data.duckdb;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
    try (ReportCursor cursor =
        ReportCursor.open(store, "select * from (" + sql(report) + "\n) limit 0", runId)) {
      return cursor.columns();
    }
  }

  /** The rows of a report, in order. Each pass asks the store anew, and holds one row at a time. */
  public static Iterable<List<@Nullable Object>> rows(
      FleetStore store, String report, String runId) {
    return () -> ReportCursor.open(store, sql(report), runId);
  }

  private static String sql(String report) {
    return Sql.load("report/" + report).replaceFirst(";\\s*$", "");
  }

  static List<Column> columns(ResultSetMetaData meta) throws SQLException {
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

  static List<@Nullable Object> row(ResultSet rows, List<Column> columns) throws SQLException {
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
