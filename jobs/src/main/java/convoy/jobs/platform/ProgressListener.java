package convoy.jobs.platform;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * Shows the progress of a chunk step after each chunk. One job runs at a time, so one count is
 * enough.
 */
public final class ProgressListener<I, O> implements ChunkListener<I, O>, StepExecutionListener {
  private final Progress progress;
  private final Function<JobParameters, String> what;
  private final ToLongFunction<O> count;
  private String doing = "";
  private long done;

  /**
   * @param what what the step does, for a person, from the job's parameters
   * @param count what an item counts for
   */
  public ProgressListener(
      Progress progress, Function<JobParameters, String> what, ToLongFunction<O> count) {
    this.count = count;
    this.progress = progress;
    this.what = what;
  }

  @Override
  public void beforeStep(StepExecution step) {
    doing = what.apply(step.getJobParameters());
    done = 0;
  }

  @Override
  public void afterChunk(Chunk<O> chunk) {
    done += chunk.getItems().stream().mapToLong(count).sum();
    progress.at(doing, done, -1);
  }

  @Override
  public ExitStatus afterStep(StepExecution step) {
    progress.done();
    return step.getExitStatus();
  }
}
