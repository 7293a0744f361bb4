package convoy.jobs;

import convoy.config.Home;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The fleet store's file as someone with a database client has it, between two jobs. */
public final class FleetSql {
  private final Path file;

  private FleetSql(Path file) {
    this.file = file;
  }

  /** The store of that home, which nobody has open. */
  public static FleetSql of(Path root) {
    return new FleetSql(new Home(root).store().resolve("fleet.duckdb"));
  }

  /** Each row with its columns joined by a bar; null is a dash. */
  public List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          String cell = result.getString(i);
          cells.add(cell == null ? "-" : cell);
        }
        rows.add(String.join("|", cells));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Changes rows by hand. */
  public void change(String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      if (statement.executeUpdate(sql) == 0) {
        throw new IllegalStateException("changed nothing: " + sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
