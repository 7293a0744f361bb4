package convoy.jobs;

import com.zaxxer.hikari.HikariDataSource;
import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionScheme;
import convoy.jobs.input.InputParameters;
import convoy.jobs.platform.BatchPlatformConfiguration;
import convoy.jobs.platform.JobDatabase;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A home in a temporary folder with real stores, and jobs wired as the program wires them. */
public final class JobHarness implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-21T01:30:00Z");

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final Home home;

  public JobHarness(Path folder, Class<?>... jobs) {
    home = new Home(folder.resolve("home"));
    try {
      home.create();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    ConvoySettings settings = ConvoySettings.load(home.settingsFile());
    context.registerBean(Home.class, () -> home);
    context.registerBean(ConvoySettings.class, () -> settings);
    context.registerBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
    context.registerBean(Progress.class, Quiet::new);
    context.registerBean(ModuleCatalog.class, () -> catalog(settings));
    context.registerBean(
        HikariDataSource.class,
        () -> JobDatabase.open(JobDatabase.h2Url(home.store()), "convoy", ""));
    context.register(BatchPlatformConfiguration.class);
    context.register(jobs);
    context.refresh();
  }

  private static ModuleCatalog catalog(ConvoySettings settings) {
    return new ModuleCatalog(
        settings.modules().entrySet().stream()
            .map(
                e ->
                    new ModuleCatalog.Module(
                        e.getKey(),
                        VersionScheme.valueOf(e.getValue().scheme().name()),
                        e.getValue().also()))
            .toList());
  }

  public Home home() {
    return home;
  }

  /** The sample data of the repository. */
  public static Path samples() {
    return Path.of("..", "data", "samples").toAbsolutePath().normalize();
  }

  /** Puts a copy of the file into the manufacturing inbox. */
  public Path deliver(Path file) {
    try {
      return Files.copy(file, home.inboxManufacturing().resolve(file.getFileName().toString()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Runs a job that takes one file in. */
  public JobExecution take(String job, Path file, String run) {
    return run(job, InputParameters.of(file, run).toJobParameters());
  }

  public JobExecution run(String job, JobParameters parameters) {
    return with(
        store -> {
          try {
            return context
                .getBean(JobOperator.class)
                .start(context.getBean(job, Job.class), parameters);
          } catch (org.springframework.batch.core.job.JobExecutionException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** What the job said of itself. */
  public static String summary(JobExecution execution) {
    return JobSummary.of(execution);
  }

  /** Opens the fleet store as a job would have it. */
  public <T> T with(Function<FleetStore, T> work) {
    FleetStore store =
        FleetStore.open(
            home.store().resolve("fleet.duckdb"), new FleetStore.Options("1GB", 2, false));
    return context.getBean(OpenStore.class).with(store, () -> work.apply(store));
  }

  @Override
  public void close() {
    context.close();
  }

  private static final class Quiet implements Progress {
    @Override
    public void at(String what, long done, long total) {}

    @Override
    public void done() {}
  }
}
