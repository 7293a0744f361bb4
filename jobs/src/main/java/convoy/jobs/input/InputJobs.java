package convoy.jobs.input;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.ImportLedger;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.jobs.platform.ProgressListener;
import convoy.jobs.platform.Tasklets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.listener.StepListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The shape of every job that takes one file in: {@code stage} reads it in chunks; {@code land}
 * takes all of it over in one transaction; {@code archive} writes what was rejected and moves the
 * file. A file that cannot be read as a whole, or whose rows are faulty beyond a limit, goes to
 * {@code refuse} instead; one whose bytes changed while it was read is left where it is, for the
 * next run. A file whose bytes landed before goes straight to the archive.
 */
public final class InputJobs {
  private static final String LANDED = "LANDED";
  private static final String CHANGED = "CHANGED";

  private InputJobs() {}

  /** Where the files of one job go, landed and refused. */
  public record Destination(ImportLedger.Purpose purpose, Path archive, Path quarantine) {}

  /** Takes a staged file over. */
  public interface Lander {
    ImportLedger.Entry land(FleetStore store, InputParameters input);

    /** Lines for a person on a file that has just landed. */
    default List<String> remarks(FleetStore store, InputParameters input) {
      return List.of();
    }
  }

  /**
   * The start of a step that reads the file in chunks.
   *
   * @param chunkItems items of a chunk
   * @param rows how many rows an item is
   */
  public static <I, O> ChunkOrientedStepBuilder<I, O> stage(
      String name,
      JobRepository repository,
      PlatformTransactionManager transactions,
      int chunkItems,
      Progress progress,
      ToLongFunction<O> rows) {
    ProgressListener<I, O> shown =
        new ProgressListener<>(
            progress, parameters -> "reading " + InputParameters.of(parameters).name(), rows);
    return new StepBuilder(name, repository)
        .<I, O>chunk(chunkItems)
        .transactionManager(transactions)
        .listener((StepListener) shown)
        .listener((StepListener) new RefusalListener());
  }

  /** The whole job around the step that stages. */
  public static Job job(
      String name,
      JobRepository repository,
      Step stage,
      Destination destination,
      OpenStore store,
      Clock clock,
      Lander lander) {
    Step land = step(repository, "land", (step, input) -> lander.land(store.get(), input));
    Step archive =
        step(
            repository,
            "archive",
            (step, input) -> archive(step, input, store.get(), destination, lander));
    Step refuse =
        step(
            repository,
            "refuse",
            (step, input) -> refuse(step, input, store.get(), destination, clock));
    Step leave = step(repository, "leave", (step, input) -> leave(step, input, store.get()));
    Step begin = step(repository, "begin", (step, input) -> {});
    JobExecutionDecider known =
        (job, step) -> new FlowExecutionStatus(isLanded(job, store.get()) ? LANDED : "NEW");
    JobExecutionDecider staged =
        (job, step) -> new FlowExecutionStatus(isSame(job) ? exitCode(step) : CHANGED);
    JobExecutionDecider judged =
        (job, step) ->
            new FlowExecutionStatus(isLanded(job, store.get()) ? LANDED : RefusalListener.REFUSED);
    return new JobBuilder(name, repository)
        .start(begin)
        .next(known)
        .on(LANDED)
        .to(archive)
        .from(known)
        .on("*")
        .to(stage)
        .from(stage)
        .on("FAILED")
        .fail()
        .from(stage)
        .on("*")
        .to(staged)
        .from(staged)
        .on(CHANGED)
        .to(leave)
        .from(staged)
        .on(RefusalListener.REFUSED)
        .to(refuse)
        .from(staged)
        .on("COMPLETED")
        .to(land)
        .from(staged)
        .on("*")
        .fail()
        .from(land)
        .on("COMPLETED")
        .to(judged)
        .from(land)
        .on("*")
        .fail()
        .from(judged)
        .on(LANDED)
        .to(archive)
        .from(judged)
        .on("*")
        .to(refuse)
        .end()
        .build();
  }

  private static boolean isLanded(JobExecution job, FleetStore store) {
    return ImportLedger.landed(store, InputParameters.of(job.getJobParameters()).sha256())
        .isPresent();
  }

  /** Whether the file still has the bytes that the job was started for. */
  private static boolean isSame(JobExecution job) {
    InputParameters input = InputParameters.of(job.getJobParameters());
    return InputParameters.of(input.path(), input.run()).sha256().equals(input.sha256());
  }

  private static String exitCode(@Nullable StepExecution step) {
    return Objects.requireNonNull(step, "no step before").getExitStatus().getExitCode();
  }

  private interface Work {
    void run(StepExecution step, InputParameters input) throws Exception;
  }

  private static Step step(JobRepository repository, String name, Work work) {
    return Tasklets.step(
        name, repository, step -> work.run(step, InputParameters.of(step.getJobParameters())));
  }

  private static void archive(
      StepExecution step,
      InputParameters input,
      FleetStore store,
      Destination destination,
      Lander lander)
      throws Exception {
    ImportLedger.Entry entry = ImportLedger.landed(store, input.sha256()).orElseThrow();
    Archive.writeRejects(store, input, entry.file().name(), destination.quarantine());
    Archive.writeNotes(store, input, entry, destination.quarantine());
    move(input, destination, destination.archive());
    boolean isNow =
        step.getJobExecution().getStepExecutions().stream()
            .anyMatch(s -> s.getStepName().equals("land"));
    if (!isNow) {
      JobSummary.say(
          step,
          "%s: taken over before as %s, nothing changed"
              .formatted(input.name(), entry.file().name()));
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(input.name() + ": " + LandedFile.inWords(entry));
    lines.addAll(lander.remarks(store, input));
    JobSummary.say(step, String.join("\n", lines));
  }

  private static void refuse(
      StepExecution step,
      InputParameters input,
      FleetStore store,
      Destination destination,
      Clock clock)
      throws Exception {
    Optional<String> unreadable = RefusalListener.reason(step.getJobExecution());
    unreadable.ifPresent(
        why ->
            ImportLedger.refuse(
                store, input.file(), destination.purpose(), input.run(), why, clock.instant()));
    // A file that the landing refused is in the ledger already.
    String reason =
        unreadable
            .or(() -> ImportLedger.find(store, input.sha256()).map(ImportLedger.Entry::message))
            .orElseThrow();
    Archive.writeRejects(store, input, input.name(), destination.quarantine());
    move(input, destination, destination.quarantine());
    JobSummary.say(step, input.name() + ": refused: " + reason);
    JobSummary.refused(step, 1);
  }

  private static void move(InputParameters input, Destination destination, Path folder)
      throws IOException {
    if (destination.purpose() == ImportLedger.Purpose.STATUS) {
      Archive.moveSignature(input, folder);
    }
    Archive.move(input, folder);
  }

  /** Nothing of a file that changed under the reader is kept. */
  private static void leave(StepExecution step, InputParameters input, FleetStore store) {
    ImportLedger.forgetStaged(store, input.file());
    JobSummary.say(step, input.name() + ": changed while it was being read; left for the next run");
    JobSummary.refused(step, 1);
  }
}
