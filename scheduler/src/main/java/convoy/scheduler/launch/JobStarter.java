package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.control.CampaignControl;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.scheduler.store.ProcessLock;
import convoy.scheduler.store.Turns;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * The one class that starts a job. It takes the fleet store for the job, opens it, recovers what a
 * killed process left behind, starts the job and gives the store back.
 */
public final class JobStarter {
  /** The priority of scheduled runs. */
  public static final int NORMAL = 0;

  /** The priority of urgent runs: they go before the next job of a scheduled one. */
  public static final int URGENT = 10;

  private final JobOperator operator;
  private final JobRepository repository;
  private final OpenStore openStore;
  private final ConvoySettings settings;
  private final Home home;
  private final ShownProgress progress;
  private final Console console;
  private final CampaignControl control;
  private final Clock clock;
  private final String actor;
  private final ProcessLock lock;
  private final Turns turns = new Turns();

  JobStarter(
      JobOperator operator,
      JobRepository repository,
      OpenStore openStore,
      ConvoySettings settings,
      Home home,
      ShownProgress progress,
      Console console,
      CampaignControl control,
      Clock clock,
      String actor) {
    this.operator = operator;
    this.repository = repository;
    this.openStore = openStore;
    this.settings = settings;
    this.home = home;
    this.progress = progress;
    this.console = console;
    this.control = control;
    this.clock = clock;
    this.actor = actor;
    this.lock = ProcessLock.ofStore(home.store());
  }

  /**
   * Runs the work while this process holds the fleet store, open for writing.
   *
   * @param what what the store is held for, shown to processes that wait
   * @throws ConvoyException STORE_TAKEN when another process keeps it longer than the settings
   *     allow
   */
  public <T> T holding(String what, int priority, Supplier<T> work) {
    try (Turns.Turn turn = turns.take(priority);
        ProcessLock.Held held = lock.write(what, settings.store().waitFor(), console::line)) {
      progress.attach(held);
      try {
        FleetStore store =
            FleetStore.open(home.store().resolve("fleet.duckdb"), StoreOptions.of(settings, actor));
        return openStore.with(
            store,
            () -> {
              recover();
              control.catchUp(store, clock.instant()).forEach(console::line);
              return work.get();
            });
      } finally {
        progress.attach(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConvoyException(
          ErrorCode.STORE_TAKEN, "interrupted while waiting for the fleet store", e);
    }
  }

  /**
   * Whoever holds the store runs alone: executions that still look running belong to a process that
   * was killed.
   */
  private void recover() {
    for (String name : repository.getJobNames()) {
      for (JobExecution execution : repository.findRunningJobExecutions(name)) {
        operator.recover(execution);
      }
    }
  }

  /** The open fleet store, inside {@link #holding}. */
  public FleetStore store() {
    return openStore.get();
  }

  /** What a disk that is full while a job runs ends. */
  public enum FullDisk {
    /** The command: the next job would only fail in the same way. */
    ENDS_COMMAND,
    /** That job: what is full need not be the disk that the next one writes to. */
    FAILS_JOB
  }

  /**
   * Starts a job and waits for its end; inside {@link #holding}. An instance that failed or was cut
   * off before is taken up where it stopped.
   *
   * @throws ConvoyException JOB_FAILED when a disk is full and that ends the command, or the job
   *     could not be started
   */
  public JobResult run(Job job, JobParameters parameters, FullDisk fullDisk) {
    long start = System.nanoTime();
    // One holder of the store may run many jobs, one for each file.
    control.carryOutWaiting(store(), clock.instant()).forEach(console::line);
    forgetHalfMade(job, parameters);
    try {
      JobExecution execution = operator.start(job, parameters);
      if (fullDisk == FullDisk.ENDS_COMMAND) {
        requireRoom(execution);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new JobResult(
          job.getName(),
          JobSummary.of(execution),
          JobSummary.refusals(execution),
          JobSummary.left(execution),
          JobSummary.isDistrusted(execution),
          false,
          took,
          execution.getStatus() == BatchStatus.COMPLETED ? null : failure(execution));
    } catch (JobInstanceAlreadyCompleteException e) {
      return JobResult.doneBefore(job.getName());
    } catch (JobExecutionException e) {
      throw new ConvoyException(ErrorCode.JOB_FAILED, job.getName() + ": " + e.getMessage(), e);
    }
  }

  private static void requireRoom(JobExecution execution) {
    for (Throwable failure : execution.getAllFailureExceptions()) {
      DiskFull.explained(failure)
          .ifPresent(
              full -> {
                throw new ConvoyException(ErrorCode.JOB_FAILED, full, failure);
              });
    }
  }

  /**
   * Spring Batch begins a job with two transactions, and starts no instance without an execution
   * again. A kill between them leaves such an instance; so does one shortly after them, since H2
   * writes commits to the disk with some delay.
   */
  private void forgetHalfMade(Job job, JobParameters parameters) {
    JobInstance instance = repository.getJobInstance(job.getName(), parameters);
    if (instance != null && repository.getJobExecutions(instance).isEmpty()) {
      repository.deleteJobInstance(instance);
    }
  }

  private static String failure(JobExecution execution) {
    List<Throwable> failures = execution.getAllFailureExceptions();
    if (failures.isEmpty()) {
      return "ended " + execution.getStatus();
    }
    Throwable cause = failures.get(0);
    while (cause.getCause() != null && !(cause instanceof ConvoyException)) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    return DiskFull.explained(failures.get(0)).orElse(message);
  }
}
