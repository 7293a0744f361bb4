package convoy.data.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * One pass through a report's rows. It lets go of its connection at the end, when it fails, or when
 * it is closed.
 */
final class ReportCursor implements Iterator<List<@Nullable Object>>, AutoCloseable {
  private final Connection connection;
  private final ResultSet rows;
  private final List<Reports.Column> columns;
  private @Nullable List<@Nullable Object> next;

  private ReportCursor(Connection connection, ResultSet rows) throws SQLException {
    this.connection = connection;
    this.rows = rows;
    this.columns = Reports.columns(rows.getMetaData());
    advance();
  }

  /** Runs the statement; {@code :run} in it is the run's id. */
  static ReportCursor open(FleetStore store, String sql, String runId) {
    Connection connection = store.connect();
    try {
      String text = sql.replace(":run", SqlLiteral.of(runId));
      return new ReportCursor(connection, connection.createStatement().executeQuery(text));
    } catch (SQLException e) {
      closeQuietly(connection, e);
      throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
    }
  }

  List<Reports.Column> columns() {
    return columns;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public List<@Nullable Object> next() {
    List<@Nullable Object> row = next;
    if (row == null) {
      throw new NoSuchElementException();
    }
    try {
      advance();
      return row;
    } catch (SQLException e) {
      closeQuietly(connection, e);
      throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
    }
  }

  private void advance() throws SQLException {
    if (rows.next()) {
      next = Reports.row(rows, columns);
    } else {
      next = null;
      connection.close();
    }
  }

  private static void closeQuietly(Connection connection, SQLException failure) {
    try {
      connection.close();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
    }
  }
}
