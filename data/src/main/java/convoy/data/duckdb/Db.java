package convoy.data.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * One connection to the fleet store, with its statements by file name and {@code :named}
 * parameters.
 */
public final class Db {
  private final Connection connection;
  private final String actor;

  Db(Connection connection, String actor) {
    this.connection = connection;
    this.actor = actor;
  }

  /** Who acts, for the audit log. */
  String actor() {
    return actor;
  }

  /** The statement of {@code convoy/sql/NAME.sql}, ready for its parameters. */
  SqlStatement sql(String name) {
    return text(Sql.load(name));
  }

  /** A statement short enough to stand in the code. */
  SqlStatement text(String sql) {
    return new SqlStatement(connection, sql);
  }

  /** Runs all statements of a file that takes no parameters. */
  void script(String name) {
    try (var statement = connection.createStatement()) {
      statement.execute(Sql.load(name));
    } catch (SQLException e) {
      throw new UncategorizedSQLException(name, null, e);
    }
  }

  /**
   * The store's own table of that name, also where a temporary one of the same name hides it on
   * this connection.
   */
  String stored(String table) {
    String catalog = text("select current_database()").query(String.class).single();
    return "\"%s\".main.%s".formatted(catalog, table);
  }

  /**
   * Hides the store's own tables of these names behind empty temporary ones, on this connection.
   */
  void hide(Collection<String> tables) {
    for (String table : tables) {
      text("create or replace temp table %s (%s)".formatted(table, columns(table))).update();
    }
  }

  /** Makes an empty table with the columns of the store's own table {@code other}, or leaves it. */
  void createLike(String table, String other) {
    text("create table if not exists %s (%s)".formatted(table, columns(other))).update();
  }

  /**
   * The columns of a table, for another one. Not from {@code duckdb_columns()}, which looks at all
   * tables and views there are. A select with {@code limit 0} would not do: what the same
   * transaction then inserts into such a table, DuckDB 2.0 does not find again when it is a row
   * group (122,880 rows) or more.
   */
  private String columns(String table) {
    return text("select string_agg(name || ' ' || type, ', ' order by cid) from pragma_table_info("
            + "'\"' || current_database() || '\".main.' || :table)")
        .param("table", table)
        .query(String.class)
        .single();
  }

  /** Names as a JSON array, for {@code cast(cast(:names as json) as varchar[])}. */
  static String json(Collection<String> names) {
    return names.stream().map(n -> '"' + n + '"').collect(Collectors.joining(",", "[", "]"));
  }

  /** An instant as the store keeps it: UTC, microseconds. */
  static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** The texts of a column that is a list. */
  static List<String> texts(ResultSet row, String column) throws SQLException {
    return Stream.of((Object[]) row.getArray(column).getArray()).map(String::valueOf).toList();
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }
}
