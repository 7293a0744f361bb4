package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.QuarantinedInputs;
import convoy.data.duckdb.Runs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.importvehicles.ExportOrder;
import convoy.jobs.input.Inbox;
import convoy.jobs.input.InputParameters;
import convoy.jobs.input.Intake;
import convoy.jobs.input.SignedFiles;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.publishoutbox.DeliveryPlan;
import convoy.jobs.publishoutbox.Destinations;
import convoy.jobs.publishoutbox.PublishOutboxJobConfiguration;
import convoy.jobs.reconcilestatus.ReadVersionReportsJobConfiguration;
import convoy.jobs.registerdefinitions.AudienceCheck;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import convoy.jobs.verifyimages.VerifyImagesJobConfiguration;
import convoy.readers.export.ExportFormats;
import convoy.scheduler.store.ProcessLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;

/**
 * The jobs of a nightly or an urgent run, in order. The store is held job by job, so that other
 * processes and urgent runs get their turn between; of each kind, and campaign, one run at a time
 * is under way. A run that was cut off is taken up under its own id: what was done is not done
 * again.
 */
public final class NightlyRun {
  private final JobStarter starter;
  private final Jobs jobs;
  private final ConvoySettings settings;
  private final Home home;
  private final Clock clock;
  private final Console console;
  private volatile boolean stopping;

  /** The jobs by their place in the flow (README.md). */
  public record Jobs(
      Job importVehicles,
      Job registerDefinitions,
      Job verifyImages,
      Job readStatusLog,
      Job readVersionReports,
      Job auditInventory,
      Job reconcileStatus,
      Job matchEligibility,
      Job planWaves,
      Job issueManifests,
      Job publishOutbox,
      Job publishReports) {}

  /**
   * How a run ended.
   *
   * @param results of its jobs, in order
   * @param isDone whether all jobs did their work, leaving aside that of publishing
   * @param isDelivered whether all that was to be published was
   */
  public record Outcome(
      String runId, List<JobResult> results, boolean isDone, boolean isDelivered) {
    /** Inputs that were refused over all jobs. */
    public long refusals() {
      return results.stream().mapToLong(JobResult::refusals).sum();
    }

    /** Inputs that wait for someone to confirm them. */
    public long left() {
      return results.stream().mapToLong(JobResult::left).sum();
    }

    /** Whether a campaign, or publishing, was stopped at what cannot be trusted. */
    public boolean isDistrusted() {
      return results.stream().anyMatch(JobResult::distrusted);
    }
  }

  NightlyRun(
      JobStarter starter,
      Jobs jobs,
      ConvoySettings settings,
      Home home,
      Clock clock,
      Console console) {
    this.starter = starter;
    this.jobs = jobs;
    this.settings = settings;
    this.home = home;
    this.clock = clock;
    this.console = console;
  }

  /**
   * Import, register, verify the images, read what vehicles reported, audit, reconcile, match,
   * plan, issue, publish where the settings say so, report.
   *
   * @throws ConvoyException STORE_TAKEN when another process keeps the store, or has such a run
   *     under way, for longer than the settings allow; so do all runs
   */
  public Outcome nightly() {
    return run(
        Runs.Kind.NIGHTLY,
        null,
        JobStarter.NORMAL,
        execution -> {
          execution.exports();
          execution.job(jobs.registerDefinitions());
          execution.job(jobs.verifyImages());
          execution.statusFiles();
          execution.job(jobs.auditInventory());
          execution.job(jobs.reconcileStatus());
          execution.job(jobs.matchEligibility());
          execution.job(jobs.planWaves());
          execution.job(jobs.issueManifests());
          execution.issued();
          execution.job(jobs.publishReports());
        });
  }

  /** Match, plan and issue for one campaign alone, at once; publish as a nightly run does. */
  public Outcome urgent(String campaign) {
    starter.holding(
        "looking for " + campaign,
        JobStarter.URGENT,
        () -> Campaigns.require(starter.store(), campaign));
    return run(
        Runs.Kind.URGENT,
        campaign,
        JobStarter.URGENT,
        execution -> {
          execution.job(jobs.matchEligibility());
          execution.job(jobs.planWaves());
          execution.job(jobs.issueManifests());
          execution.issued();
        });
  }

  /** Issue what is due by now; publish as a nightly run does. */
  public Outcome issue() {
    return run(
        Runs.Kind.ISSUE,
        null,
        JobStarter.NORMAL,
        execution -> {
          execution.job(jobs.issueManifests());
          execution.issued();
        });
  }

  /**
   * Writes the manifests that take back what vehicles of that campaign were given, and those by
   * which a person takes vehicles back, and no others; publishes as a nightly run does.
   */
  public Outcome withdrawals(String campaign) {
    return takingBack(Runs.Kind.WITHDRAW, campaign);
  }

  /**
   * The same after a person has had vehicles of that campaign rolled back: writes the manifests
   * that take them back.
   */
  public Outcome rollbacks(String campaign) {
    return takingBack(Runs.Kind.ROLLBACK, campaign);
  }

  private Outcome takingBack(Runs.Kind kind, String campaign) {
    return anew(
        kind,
        campaign,
        JobStarter.URGENT,
        execution -> {
          execution.job(
              jobs.issueManifests(),
              IssueManifestsJobConfiguration.withdrawals(execution.run.id(), campaign));
          execution.issued();
        });
  }

  /** Takes in the manufacturing exports that are in the inbox now. */
  public Outcome imports() {
    return run(Runs.Kind.IMPORT, null, JobStarter.NORMAL, Execution::exports);
  }

  /**
   * Registers definitions at once, so that they can be approved before the next night.
   *
   * @param confirmation whether campaigns for a large part of the fleet are meant so
   */
  public Outcome register(AudienceCheck.Confirmation confirmation) {
    return anew(
        Runs.Kind.REGISTER,
        null,
        JobStarter.NORMAL,
        execution -> {
          if (confirmation == AudienceCheck.Confirmation.GIVEN) {
            execution.job(
                jobs.registerDefinitions(),
                RegisterDefinitionsJobConfiguration.confirmed(execution.run.id()));
          } else {
            execution.job(jobs.registerDefinitions());
          }
        });
  }

  /** Opens each image that is kept, now. */
  public Outcome verifyImages() {
    return anew(
        Runs.Kind.IMAGES,
        null,
        JobStarter.NORMAL,
        execution ->
            execution.job(
                jobs.verifyImages(), VerifyImagesJobConfiguration.each(execution.run.id())));
  }

  /**
   * Publishes the outbox, now.
   *
   * @throws ConvoyException CONFIGURATION when the settings name no place, or it is not as it must
   *     be; nothing is begun then
   */
  public Outcome publish(DeliveryPlan.Scope scope) throws IOException {
    Destinations.require(home, settings);
    return anew(Runs.Kind.PUBLISH, null, JobStarter.NORMAL, execution -> execution.delivery(scope));
  }

  /** Lets the job under way finish and starts no further one; the run is taken up by the next. */
  public void stop() {
    stopping = true;
    console.line("stopping after the job under way; a second signal ends it at once");
  }

  /**
   * Makes a run, and another one where it only ended one that was cut off behind its job: that
   * knows nothing of what came since, for which the command was given.
   */
  private Outcome anew(
      Runs.Kind kind, @Nullable String campaign, int priority, Consumer<Execution> work) {
    Outcome outcome = run(kind, campaign, priority, work);
    return outcome.isDone() && outcome.results().stream().anyMatch(JobResult::wasDoneBefore)
        ? run(kind, campaign, priority, work)
        : outcome;
  }

  /**
   * The store is given back between jobs, and its row does not tell a run that is under way from
   * one that was cut off. The lock does: a process that takes it knows that none of that kind and
   * campaign is under way. Two threads of the scheduler never ask for the same (Quartz's {@code
   * DisallowConcurrentExecution}).
   */
  private Outcome run(
      Runs.Kind kind, @Nullable String campaign, int priority, Consumer<Execution> work) {
    String name = kind.name().toLowerCase(Locale.ROOT) + (campaign == null ? "" : " " + campaign);
    try (ProcessLock.Held alone =
        ProcessLock.ofRun(home.store(), name)
            .write(
                name,
                settings.store().waitFor(),
                line -> {
                  requireGoingOn(name);
                  console.line(line);
                })) {
      requireGoingOn(name);
      Execution execution = new Execution(begin(kind, campaign, priority), priority, alone);
      work.accept(execution);
      return execution.end();
    }
  }

  /** Nothing is begun, and so nothing to take up, where one was stopped that still waited. */
  private void requireGoingOn(String name) {
    if (stopping) {
      throw new ConvoyException(ErrorCode.JOB_FAILED, "stopped before it began: " + name);
    }
  }

  private Runs.Run begin(Runs.Kind kind, @Nullable String campaign, int priority) {
    return starter.holding(
        "beginning a run",
        priority,
        () -> {
          var unfinished = Runs.unfinished(starter.store(), kind, campaign);
          unfinished.ifPresent(
              run ->
                  console.line("taking up the run of " + run.startedAt() + ", which was cut off"));
          return unfinished.orElseGet(
              () -> Runs.begin(starter.store(), kind, campaign, clock.instant()));
        });
  }

  /**
   * One pass through a run's jobs; after a failure the rest is skipped and the run stays
   * unfinished.
   */
  private final class Execution {
    private final Runs.Run run;
    private final int priority;
    private final ProcessLock.Held alone;
    private final List<JobResult> results = new ArrayList<>();
    private boolean failed;
    private boolean delivered = true;

    private Execution(Runs.Run run, int priority, ProcessLock.Held alone) {
      this.run = run;
      this.priority = priority;
      this.alone = alone;
    }

    void job(Job job) {
      job(job, new RunParameters(run.id(), run.campaign()).toJobParameters());
    }

    void job(Job job, JobParameters parameters) {
      step(job, () -> run(job, parameters));
    }

    /** What follows on issuing. */
    void issued() {
      if (settings.publish().nightly()) {
        delivery(DeliveryPlan.Scope.NEW);
      }
    }

    /**
     * A delivery that fails holds up nothing: the run goes on and ends, and the next one publishes
     * what is missing. Else a share that is away would keep whole nights from beginning.
     */
    void delivery(DeliveryPlan.Scope scope) {
      Job job = jobs.publishOutbox();
      step(
          job,
          () -> {
            JobResult result =
                starter.run(
                    job,
                    PublishOutboxJobConfiguration.parameters(run.id(), scope),
                    JobStarter.FullDisk.FAILS_JOB);
            delivered = say(result) && !result.distrusted();
            return delivered;
          });
    }

    void exports() {
      ExportFormats formats = ExportFormats.of(home, settings, Modules.catalog(settings));
      files(
          jobs.importVehicles(),
          file -> jobs.importVehicles(),
          home.inboxManufacturing(),
          inbox -> Intake.of(inbox, ExportOrder.vehiclesFirst(inbox.ready(), formats)));
    }

    void statusFiles() {
      files(
          jobs.readStatusLog(),
          file ->
              ReadVersionReportsJobConfiguration.isFor(file)
                  ? jobs.readVersionReports()
                  : jobs.readStatusLog(),
          home.inboxStatus(),
          inbox ->
              SignedFiles.of(
                  inbox,
                  settings.status(),
                  clock.instant(),
                  file ->
                      QuarantinedInputs.isResubmission(
                          starter.store(), InputParameters.of(file, run.id()).sha256())));
    }

    void files(
        Job job, Function<Path, Job> jobOf, Path folder, Function<Inbox.Content, Intake> sort) {
      step(
          job,
          () -> {
            Inbox.Content inbox = Inbox.look(folder, settings.imports().settle(), clock.instant());
            Intake intake = sort.apply(inbox);
            intake.left().forEach(line -> console.line("  " + line));
            for (Path file : intake.files()) {
              run(jobOf.apply(file), InputParameters.of(file, run.id()).toJobParameters());
            }
            if (inbox.ready().isEmpty() && inbox.unfinished().isEmpty()) {
              console.line("  nothing in " + folder);
            }
            return true;
          });
    }

    private void step(Job job, Supplier<Boolean> work) {
      if (!failed && stopping) {
        console.problem("stopped before " + job.getName());
        failed = true;
      }
      if (!failed) {
        console.line(job.getName());
        alone.progress(job.getName());
        starter.holding(job.getName(), priority, work);
      }
    }

    private boolean run(Job job, JobParameters parameters) {
      boolean isDone = say(starter.run(job, parameters, JobStarter.FullDisk.ENDS_COMMAND));
      failed |= !isDone;
      return isDone;
    }

    private boolean say(JobResult result) {
      results.add(result);
      if (!result.summary().isEmpty()) {
        console.line(result.summary().indent(2).stripTrailing());
      }
      if (result.failure() != null) {
        console.problem(result.job() + " failed: " + result.failure());
      }
      return !result.isFailed();
    }

    Outcome end() {
      Outcome outcome = new Outcome(run.id(), List.copyOf(results), !failed, delivered);
      if (!failed) {
        starter.holding(
            "ending a run",
            priority,
            () -> {
              Runs.end(starter.store(), run.id(), word(outcome), clock.instant());
              return true;
            });
      }
      return outcome;
    }

    private String word(Outcome outcome) {
      if (!outcome.isDelivered()) {
        return "UNDELIVERED";
      }
      return outcome.refusals() == 0 ? "DONE" : "REFUSALS";
    }
  }
}
