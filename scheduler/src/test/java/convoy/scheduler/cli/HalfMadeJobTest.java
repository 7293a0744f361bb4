package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Runs;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import convoy.jobs.input.InputParameters;
import convoy.jobs.platform.JobDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A process that was killed between the rows with which Spring Batch begins a job. */
class HalfMadeJobTest extends CommandTest {
  private static final String CARS =
      """
      vin,model,model_year,powertrain,region,manufactured_on,exported_at
      WVWKP2BR3RW000001,Brevik,2024,PETROL,DE,2023-11-21,2025-11-20T22:00:00Z
      """;

  @Test
  void aJobInstanceWithoutAnExecutionDoesNotKeepItsFileFromBeingTakenIn() throws Exception {
    assertThat(run("init").status()).isZero();
    Home home = new Home(folder.resolve("home"));
    Path file = Files.writeString(home.inboxManufacturing().resolve("cars.csv"), CARS);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-11-20T22:00:00Z")));
    beginAnInstance(home, InputParameters.of(file, beginARun(home)));

    Ended ended = run("import", "now");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .startsWith("taking up the run of ")
        .endsWith("  cars.csv: 1 rows read, 1 accepted, 0 unchanged, 0 quarantined\n");
    assertThat(ended.status()).isZero();
  }

  private static String beginARun(Home home) {
    Path file = home.store().resolve("fleet.duckdb");
    try (FleetStore store = FleetStore.open(file, new FleetStore.Options("1GB", 2, false))) {
      return Runs.begin(store, Runs.Kind.IMPORT, null, Instant.parse("2025-11-21T01:30:00Z")).id();
    }
  }

  private static void beginAnInstance(Home home, InputParameters input) throws Exception {
    String url = JobDatabase.h2Url(home.store());
    try (HikariDataSource database = JobDatabase.open(url, "convoy", "")) {
      JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
      factory.setDataSource(database);
      factory.setTransactionManager(new JdbcTransactionManager(database));
      factory.afterPropertiesSet();
      JobRepository repository = Objects.requireNonNull(factory.getObject());
      repository.createJobInstance(ImportVehiclesJobConfiguration.JOB, input.toJobParameters());
    }
  }
}
