package convoy.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.FleetStore;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionScheme;
import convoy.jobs.auditinventory.AuditInventoryJobConfiguration;
import convoy.jobs.control.CampaignControl;
import convoy.jobs.control.ControlConfiguration;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import convoy.jobs.input.InputParameters;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.platform.BatchPlatformConfiguration;
import convoy.jobs.platform.JobDatabase;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.publishoutbox.PublishOutboxJobConfiguration;
import convoy.jobs.publishreports.PublishReportsJobConfiguration;
import convoy.jobs.reconcilestatus.ReadStatusLogJobConfiguration;
import convoy.jobs.reconcilestatus.ReadVersionReportsJobConfiguration;
import convoy.jobs.reconcilestatus.ReconcileStatusJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import convoy.jobs.trust.TrustConfiguration;
import convoy.jobs.trust.VehicleActs;
import convoy.jobs.verifyimages.VerifyImagesJobConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** All jobs over a home in a temporary folder with real stores, wired as the program wires them. */
public final class JobHarness implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-21T01:30:00Z");

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final TestClock clock = new TestClock(NOW);
  private final Plug plug = new Plug();
  private final Home home;

  /**
   * @param root a home, with its settings; its folders are made where they are missing
   */
  public JobHarness(Path root) {
    home = new Home(root);
    try {
      home.create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ConvoySettings settings = ConvoySettings.load(home.settingsFile());
    context.registerBean(Home.class, () -> home);
    context.registerBean(ConvoySettings.class, () -> settings);
    context.registerBean(Clock.class, () -> clock);
    context.registerBean(Progress.class, () -> plug);
    context.registerBean(ModuleCatalog.class, () -> catalog(settings));
    context.registerBean(
        HikariDataSource.class,
        () -> JobDatabase.open(JobDatabase.h2Url(home.store()), "convoy", ""));
    context.register(
        BatchPlatformConfiguration.class,
        TrustConfiguration.class,
        ControlConfiguration.class,
        ImportVehiclesJobConfiguration.class,
        RegisterDefinitionsJobConfiguration.class,
        VerifyImagesJobConfiguration.class,
        ReadStatusLogJobConfiguration.class,
        ReadVersionReportsJobConfiguration.class,
        AuditInventoryJobConfiguration.class,
        ReconcileStatusJobConfiguration.class,
        MatchEligibilityJobConfiguration.class,
        PlanWavesJobConfiguration.class,
        IssueManifestsJobConfiguration.class,
        PublishOutboxJobConfiguration.class,
        PublishReportsJobConfiguration.class);
    context.refresh();
  }

  private static ModuleCatalog catalog(ConvoySettings settings) {
    return new ModuleCatalog(
        settings.modules().entrySet().stream()
            .map(
                e ->
                    new ModuleCatalog.Module(
                        e.getKey(),
                        VersionScheme.of(
                            e.getValue().scheme().name(), e.getValue().releasesInOrder()),
                        e.getValue().also()))
            .toList());
  }

  public Home home() {
    return home;
  }

  public ConvoySettings settings() {
    return bean(ConvoySettings.class);
  }

  /** What the jobs are wired with. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** The time that the jobs live in. */
  public TestClock clock() {
    return clock;
  }

  /** What makes a job fail in the middle. */
  public Plug plug() {
    return plug;
  }

  /** What people do to campaigns. */
  public CampaignControl control() {
    return context.getBean(CampaignControl.class);
  }

  /** Asks for something while nobody has the store, as a command does. */
  public String ask(ControlAct act, String campaign, @Nullable String reason) {
    return carryOut(ControlRequest.of(act, campaign, "carol", reason, clock.instant()));
  }

  /** Lets a wave go on while nobody has the store, as a command does. */
  public String advance(String campaign, int wave, String reason) {
    return carryOut(ControlRequest.advance(campaign, wave, "carol", reason, clock.instant()));
  }

  /** A request to take manifests, or vehicles, back that this person signed. */
  public ControlRequest takingBack(
      ControlAct act, String who, String campaign, WithdrawnVehicles vehicles, String reason) {
    return VehicleActs.request(
        act, TestOperators.actor(who), campaign, vehicles, reason, clock.instant());
  }

  /** A request to take manifests back that this person signed. */
  public ControlRequest withdrawal(String who, String campaign, WithdrawnVehicles vehicles) {
    return takingBack(ControlAct.WITHDRAW, who, campaign, vehicles, "smoke");
  }

  /** Has it carried out while nobody has the store. */
  public String withdraw(String who, String campaign, WithdrawnVehicles vehicles) {
    return carryOut(withdrawal(who, campaign, vehicles));
  }

  /** Has a request carried out while nobody has the store, as a command does. */
  public String carryOut(ControlRequest request) {
    return with(store -> control().carryOut(store, request, clock.instant()));
  }

  /** The fleet store's file, while no job has it. */
  public FleetSql sql() {
    return FleetSql.of(home.root());
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
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a job that takes one file in. */
  public JobExecution take(String job, Path file, String run) {
    return run(job, InputParameters.of(file, run).toJobParameters());
  }

  /** Runs a job of a run to its end, which must be a good one, and gives what it said. */
  public String summary(String job, String run) {
    return summary(completed(run(job, new RunParameters(run, null).toJobParameters())));
  }

  /** Runs a job of a run until the plug is pulled, at that place. */
  public void cutOff(String job, String run, int at) {
    plug.pullAt(at);
    assertThat(run(job, new RunParameters(run, null).toJobParameters()).getStatus())
        .isEqualTo(BatchStatus.FAILED);
  }

  public JobExecution run(String job, JobParameters parameters) {
    return with(
        store -> {
          try {
            return context
                .getBean(JobOperator.class)
                .start(context.getBean(job, Job.class), parameters);
          } catch (JobExecutionException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** The execution, which must have come to a good end. */
  public static JobExecution completed(JobExecution execution) {
    assertThat(execution.getStatus())
        .as(execution.getAllFailureExceptions().toString())
        .isEqualTo(BatchStatus.COMPLETED);
    return execution;
  }

  /** What the job said of itself. */
  public static String summary(JobExecution execution) {
    return JobSummary.of(execution);
  }

  /** Opens the fleet store as a job would have it. */
  public <T> T with(Function<FleetStore, T> work) {
    FleetStore store = FleetStore.open(storeFile(), new FleetStore.Options("1GB", 2, false));
    return context.getBean(OpenStore.class).with(store, () -> work.apply(store));
  }

  private Path storeFile() {
    return home.store().resolve("fleet.duckdb");
  }

  @Override
  public void close() {
    context.close();
  }
}
