package convoy.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** DuckDB without Convoy, under the memory limit and with the threads of the default settings. */
final class BareDuckDb {
  private BareDuckDb() {}

  static Connection connect(Path store) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("memory_limit", "4GB");
    properties.setProperty("threads", "2");
    properties.setProperty("temp_directory", store.resolveSibling("bench.tmp").toString());
    return DriverManager.getConnection("jdbc:duckdb:" + store, properties);
  }
}
