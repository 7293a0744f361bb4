package convoy.jobs.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The database of the job repository and of Quartz: an H2 file under the home unless the settings
 * name another. Several processes use it at once, so the H2 file is opened in its automatic mixed
 * mode, on the loopback address only.
 */
public final class JobDatabase {
  private static final String H2 = "h2";
  private static final String POSTGRES = "postgresql";

  private JobDatabase() {}

  /** The JDBC URL of the H2 file in that folder. */
  public static String h2Url(Path folder) {
    // Read by H2 when its server for other processes starts.
    System.setProperty("h2.bindAddress", "127.0.0.1");
    return "jdbc:h2:file:" + folder.resolve("jobs").toAbsolutePath() + ";AUTO_SERVER=TRUE";
  }

  /**
   * A pool of connections; the tables of the job repository and of Quartz are made when they are
   * missing.
   */
  public static HikariDataSource open(String url, String user, String password) {
    Optional<Path> file = h2File(url);
    boolean isNew = file.isPresent() && !Files.exists(file.get());
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    config.setPoolName("job-database");
    try {
      HikariDataSource database = new HikariDataSource(config);
      try {
        prepare(database, kind(url));
        return database;
      } catch (SQLException | RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      if (isNew) {
        remove(file.get(), e);
      }
      throw new IllegalStateException("job database " + url + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Path> h2File(String url) {
    String start = "jdbc:h2:file:";
    return url.startsWith(start)
        ? Optional.of(Path.of(url.substring(start.length()).split(";", 2)[0] + ".mv.db"))
        : Optional.empty();
  }

  /** What a full disk left of a new database could not be opened ever again. */
  private static void remove(Path file, Exception failure) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static String kind(String url) {
    if (url.startsWith("jdbc:h2:")) {
      return H2;
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRES;
    }
    throw new IllegalArgumentException(
        "job-repository.url '%s': expected jdbc:h2:… or jdbc:postgresql:…".formatted(url));
  }

  private static void prepare(DataSource database, String kind) throws SQLException {
    if (!hasTable(database, "BATCH_JOB_INSTANCE")) {
      run(database, "org/springframework/batch/core/schema-" + kind + ".sql");
    }
    if (!hasTable(database, "QRTZ_JOB_DETAILS")) {
      run(
          database,
          "org/quartz/impl/jdbcjobstore/tables_" + (kind.equals(H2) ? H2 : "postgres") + ".sql");
    }
  }

  private static boolean hasTable(DataSource database, String table) throws SQLException {
    try (Connection connection = database.getConnection()) {
      for (String name : new String[] {table, table.toLowerCase(Locale.ROOT)}) {
        try (ResultSet tables =
            connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), name, null)) {
          if (tables.next()) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private static void run(DataSource database, String script) {
    new ResourceDatabasePopulator(new ClassPathResource(script)).execute(database);
  }
}
