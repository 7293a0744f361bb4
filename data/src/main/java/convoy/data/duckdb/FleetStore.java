package convoy.data.duckdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The fleet store: one DuckDB file, open in this process. Each use gets a connection of its own.
 * DuckDB lets one process write at a time; who may open it is decided before this class is asked
 * (ARCHITECTURE.md).
 */
public final class FleetStore implements AutoCloseable {
  static final int SCHEMA_VERSION = 12;

  private final DuckDBConnection root;
  private final String actor;
  private final @Nullable Db oneVehicle;
  private final ConcurrentMap<String, BulkTable<?>> bulkTables = new ConcurrentHashMap<>();

  /**
   * How the store is opened.
   *
   * @param memoryLimit DuckDB's own limit, such as {@code 4GB}
   * @param threads DuckDB's worker threads
   * @param readOnly whether to refuse every change; other read-only processes may then share the
   *     file
   * @param actor for whom it is opened: who the audit log says has acted
   */
  public record Options(String memoryLimit, int threads, boolean readOnly, String actor) {
    /** Opened for the user of the operating system. */
    public Options(String memoryLimit, int threads, boolean readOnly) {
      this(memoryLimit, threads, readOnly, System.getProperty("user.name", "unknown"));
    }
  }

  private FleetStore(DuckDBConnection root, String actor, @Nullable Db oneVehicle) {
    this.root = root;
    this.actor = actor;
    this.oneVehicle = oneVehicle;
  }

  /**
   * Opens the store and makes its tables when it is new.
   *
   * @throws DataAccessResourceFailureException when the file cannot be opened or is of another
   *     schema version
   */
  public static FleetStore open(Path file, Options options) {
    Properties properties = new Properties();
    properties.setProperty("memory_limit", options.memoryLimit());
    properties.setProperty("threads", Integer.toString(options.threads()));
    properties.setProperty("temp_directory", file.resolveSibling("duckdb.tmp").toString());
    // Extensions are never downloaded: a plant's network has no way out.
    properties.setProperty("autoinstall_known_extensions", "false");
    if (options.readOnly()) {
      properties.setProperty("duckdb.read_only", "true");
    }
    boolean isNew = !Files.exists(file);
    try {
      DuckDBConnection root =
          (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, properties);
      FleetStore store = new FleetStore(root, options.actor(), null);
      try {
        store.prepare(isNew, options.readOnly());
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
      return store;
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException(
          "fleet store %s: %s".formatted(file, e.getMessage()), e);
    } catch (LinkageError e) {
      // DuckDB's driver unpacks its library, some 70 MB, into the folder for temporary files.
      throw new DataAccessResourceFailureException(
          "fleet store %s: DuckDB's library cannot be unpacked into %s (%s)"
              .formatted(file, System.getProperty("java.io.tmpdir"), e.getCause()),
          e);
    }
  }

  private void prepare(boolean isNew, boolean readOnly) {
    int version = isNew && !readOnly ? make() : versionOrMake(readOnly);
    if (version != SCHEMA_VERSION) {
      throw new DataAccessResourceFailureException(
          "the fleet store has schema version %d, this program reads version %d"
              .formatted(version, SCHEMA_VERSION));
    }
  }

  private int versionOrMake(boolean readOnly) {
    try {
      return version();
    } catch (DataAccessException e) {
      // A kill while the tables were made leaves an empty database: the schema is one transaction.
      if (readOnly || hasTables()) {
        throw e;
      }
      return make();
    }
  }

  private int make() {
    transaction(
        db -> {
          db.script("schema");
          db.text("insert into store_info values (:version)")
              .param("version", SCHEMA_VERSION)
              .update();
        });
    return version();
  }

  private int version() {
    return read(
        db -> db.text("select schema_version from store_info").query(Integer.class).single());
  }

  private boolean hasTables() {
    return read(
            db ->
                db.text("select count(*) from duckdb_tables() where table_name = 'store_info'")
                    .query(Long.class)
                    .single())
        > 0;
  }

  /** Runs SQL that only reads, on a connection of its own. */
  public <T> T read(Function<Db, T> work) {
    if (oneVehicle != null) {
      return work.apply(oneVehicle);
    }
    try (DuckDBConnection connection = root.duplicate()) {
      return work.apply(new Db(connection, actor));
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Looks at one vehicle. In a large fleet it takes long to find its rows, so they are looked for
   * once: the store that the work is given reads on one connection, on which the tables that have
   * rows of each vehicle ({@link Subjects#OF_ONE}) have those of that vehicle alone.
   */
  public <T> T readVehicle(String vin, Function<FleetStore, T> work) {
    if (oneVehicle != null) {
      return work.apply(this);
    }
    return read(
        db -> {
          Subjects.OF_ONE.forEach(table -> Subjects.shadow(db, table, vin));
          return work.apply(new FleetStore(root, actor, db));
        });
  }

  /** A connection of the caller's own, who closes it. */
  DuckDBConnection connect() {
    try {
      return root.duplicate();
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Runs SQL in one transaction: all of it is kept, or, when the work throws, none. */
  public void transaction(Consumer<Db> work) {
    try (DuckDBConnection connection = root.duplicate()) {
      connection.setAutoCommit(false);
      try {
        work.accept(new Db(connection, actor));
        connection.commit();
      } catch (RuntimeException | Error e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The bulk table of that definition, made known to DuckDB on first use. */
  @SuppressWarnings("unchecked") // one definition, one row type
  <T> BulkTable<T> bulk(BulkTable.Definition<T> definition) {
    return (BulkTable<T>)
        bulkTables.computeIfAbsent(definition.name(), name -> BulkTable.register(root, definition));
  }

  @Override
  public void close() {
    try {
      root.close();
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
    }
  }
}
