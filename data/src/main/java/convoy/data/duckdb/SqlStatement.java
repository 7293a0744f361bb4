package convoy.data.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SingleColumnRowMapper;

/**
 * A statement with {@code :named} parameters. It is run with its values in it, and not prepared:
 * DuckDB 2.0 plans a prepared statement that reads a table when it is prepared and once more when
 * it is executed, and for a small store planning is nearly all that a statement costs (ADR 0028).
 */
public final class SqlStatement {
  /** What is in quotes or a comment, a cast, or a parameter. */
  private static final Pattern PARTS =
      Pattern.compile("'[^']*'|\"[^\"]*\"|--[^\\n]*|::|:([a-zA-Z][a-zA-Z0-9_]*)");

  private final Connection connection;
  private final String sql;
  private final Map<String, @Nullable Object> values = new HashMap<>();

  SqlStatement(Connection connection, String sql) {
    this.connection = connection;
    this.sql = sql;
  }

  /** Gives a parameter its value: a text, number, boolean, {@code LocalDateTime} or date. */
  public SqlStatement param(String name, @Nullable Object value) {
    values.put(name, value);
    return this;
  }

  /** The same for several. */
  public SqlStatement params(Map<String, ?> more) {
    values.putAll(more);
    return this;
  }

  /** Makes something of each row. */
  public <T> Rows<T> query(RowMapper<T> mapper) {
    return () -> {
      List<T> rows = new ArrayList<>();
      query(
          row -> {
            rows.add(mapper.mapRow(row, rows.size()));
          });
      return rows;
    };
  }

  /** The one column of each row. */
  public <T> Rows<T> query(Class<T> type) {
    return query(new SingleColumnRowMapper<>(type));
  }

  /** Gives each row to the handler. */
  public void query(RowCallbackHandler handler) {
    run(
        (statement, text) -> {
          try (ResultSet rows = statement.executeQuery(text)) {
            while (rows.next()) {
              handler.processRow(rows);
            }
            return 0;
          }
        });
  }

  /**
   * Runs what changes something.
   *
   * @return the number of rows that it changed
   */
  public int update() {
    return run(Statement::executeUpdate);
  }

  /** What a query yields. */
  @FunctionalInterface
  public interface Rows<T> {
    /** All of it, in its order. */
    List<T> list();

    /** The one row that there is. */
    default T single() {
      return DataAccessUtils.requiredSingleResult(list());
    }

    /** The one row, where there is one. */
    default Optional<T> optional() {
      return DataAccessUtils.optionalResult(list());
    }
  }

  private interface Work {
    int run(Statement statement, String text) throws SQLException;
  }

  private int run(Work work) {
    try (Statement statement = connection.createStatement()) {
      return work.run(statement, text());
    } catch (SQLException e) {
      // With the names of the values: who reads this need not see a whole definition.
      throw new UncategorizedSQLException("statement", sql, e);
    }
  }

  private String text() {
    return PARTS
        .matcher(sql)
        .replaceAll(
            part ->
                Matcher.quoteReplacement(
                    part.group(1) == null ? part.group() : SqlLiteral.of(value(part.group(1)))));
  }

  private @Nullable Object value(String name) {
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException("no value for :%s in %s".formatted(name, sql));
    }
    return values.get(name);
  }
}
