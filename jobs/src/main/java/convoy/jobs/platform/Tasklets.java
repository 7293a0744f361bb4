package convoy.jobs.platform;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Steps that do one thing. */
public final class Tasklets {
  private Tasklets() {}

  /** What a step does. */
  public interface Work {
    /**
     * @throws Exception when the step fails; what it did must bear being done again
     */
    void run(StepExecution step) throws Exception;
  }

  /** A step of that name that does the work once. */
  public static Step step(String name, JobRepository repository, Work work) {
    return step(name, repository, false, work);
  }

  /**
   * A step that does the work again when a cut-off job is taken up, also where it was done before.
   */
  public static Step everyTime(String name, JobRepository repository, Work work) {
    return step(name, repository, true, work);
  }

  private static Step step(String name, JobRepository repository, boolean everyTime, Work work) {
    return new StepBuilder(name, repository)
        .allowStartIfComplete(everyTime)
        .tasklet(
            (contribution, context) -> {
              work.run(contribution.getStepExecution());
              return RepeatStatus.FINISHED;
            })
        .build();
  }
}
