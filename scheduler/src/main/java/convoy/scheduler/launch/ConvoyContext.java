package convoy.scheduler.launch;

import com.zaxxer.hikari.HikariDataSource;
import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.auditinventory.AuditInventoryJobConfiguration;
import convoy.jobs.control.CampaignControl;
import convoy.jobs.control.ControlConfiguration;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.platform.BatchPlatformConfiguration;
import convoy.jobs.platform.JobDatabase;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.jobs.publishoutbox.PublishOutboxJobConfiguration;
import convoy.jobs.publishreports.PublishReportsJobConfiguration;
import convoy.jobs.reconcilestatus.ReadStatusLogJobConfiguration;
import convoy.jobs.reconcilestatus.ReadVersionReportsJobConfiguration;
import convoy.jobs.reconcilestatus.ReconcileStatusJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import convoy.jobs.trust.TrustConfiguration;
import convoy.jobs.verifyimages.VerifyImagesJobConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * All jobs of one installation, wired. Only commands that run jobs need it; reading the fleet store
 * does not.
 */
public final class ConvoyContext implements AutoCloseable {
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final NightlyRun runs;

  /**
   * @param clock the time that the jobs live in
   * @param actor for whom they run, as the audit log will say
   */
  public ConvoyContext(
      Home home, ConvoySettings settings, Clock clock, Console console, String actor) {
    ShownProgress progress = new ShownProgress(console.isTerminal());
    context.registerBean(Home.class, () -> home);
    context.registerBean(ConvoySettings.class, () -> settings);
    context.registerBean(Clock.class, () -> clock);
    context.registerBean(Progress.class, () -> progress);
    context.registerBean(ModuleCatalog.class, () -> Modules.catalog(settings));
    context.registerBean(HikariDataSource.class, () -> jobDatabase(home, settings));
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
    try {
      context.refresh();
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
    JobStarter starter =
        new JobStarter(
            context.getBean(JobOperator.class),
            context.getBean(JobRepository.class),
            context.getBean(OpenStore.class),
            settings,
            home,
            progress,
            console,
            context.getBean(CampaignControl.class),
            clock,
            actor);
    runs = new NightlyRun(starter, jobs(), settings, home, clock, console);
  }

  private NightlyRun.Jobs jobs() {
    return new NightlyRun.Jobs(
        job(ImportVehiclesJobConfiguration.JOB),
        job(RegisterDefinitionsJobConfiguration.JOB),
        job(VerifyImagesJobConfiguration.JOB),
        job(ReadStatusLogJobConfiguration.JOB),
        job(ReadVersionReportsJobConfiguration.JOB),
        job(AuditInventoryJobConfiguration.JOB),
        job(ReconcileStatusJobConfiguration.JOB),
        job(MatchEligibilityJobConfiguration.JOB),
        job(PlanWavesJobConfiguration.JOB),
        job(IssueManifestsJobConfiguration.JOB),
        job(PublishOutboxJobConfiguration.JOB),
        job(PublishReportsJobConfiguration.JOB));
  }

  private Job job(String name) {
    return context.getBean(name, Job.class);
  }

  /** The runs that these jobs make up. */
  public NightlyRun runs() {
    return runs;
  }

  /** The database of the job repository, which is Quartz's too. */
  public DataSource jobDatabase() {
    return context.getBean(DataSource.class);
  }

  /** The JDBC URL of that database. */
  public String jobDatabaseUrl() {
    return context.getBean(HikariDataSource.class).getJdbcUrl();
  }

  /** Opens the database of the job repository and of Quartz. */
  public static HikariDataSource jobDatabase(Home home, ConvoySettings settings) {
    ConvoySettings.JobRepository repository = settings.jobRepository();
    if (repository.url().isEmpty()) {
      return JobDatabase.open(JobDatabase.h2Url(home.store()), "convoy", "");
    }
    return JobDatabase.open(
        repository.url(), repository.user(), password(home, repository.passwordFile()));
  }

  private static String password(Home home, String file) {
    if (file.isEmpty()) {
      return "";
    }
    Path path = home.root().resolve(file);
    try {
      return Files.readString(path).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("job-repository.password-file " + path, e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
