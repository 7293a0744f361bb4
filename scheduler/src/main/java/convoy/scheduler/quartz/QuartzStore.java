package convoy.scheduler.quartz;

import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Quartz over the job database. Several processes share the store; only the one that runs {@code
 * schedule} fires.
 */
final class QuartzStore {
  private static final String NAME = "convoy";

  private QuartzStore() {}

  /** A scheduler over that database, not started. */
  static Scheduler scheduler(DataSource database, String url) throws SchedulerException {
    DBConnectionManager.getInstance().addConnectionProvider(NAME, new Connections(database));
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", NAME);
    properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    // How soon a launch that another process adds is seen.
    properties.setProperty("org.quartz.scheduler.idleWaitTime", "2000");
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", "4");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    properties.setProperty(
        "org.quartz.jobStore.driverDelegateClass",
        url.startsWith("jdbc:postgresql:")
            ? "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate"
            : "org.quartz.impl.jdbcjobstore.StdJDBCDelegate");
    properties.setProperty("org.quartz.jobStore.dataSource", NAME);
    properties.setProperty("org.quartz.jobStore.tablePrefix", "QRTZ_");
    properties.setProperty("org.quartz.jobStore.isClustered", "true");
    properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "5000");
    properties.setProperty("org.quartz.jobStore.useProperties", "true");
    return new StdSchedulerFactory(properties).getScheduler();
  }

  private record Connections(DataSource database) implements ConnectionProvider {
    @Override
    public java.sql.Connection getConnection() throws SQLException {
      return database.getConnection();
    }

    @Override
    public void shutdown() {
      // The database belongs to the caller.
    }

    @Override
    public void initialize() {
      // It is open already.
    }
  }
}
