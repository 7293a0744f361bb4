package convoy.jobs.platform;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/**
 * The one or more lines in which a job says what it read, wrote and refused; kept with its
 * execution.
 */
public final class JobSummary {
  private static final String LINES = "convoy.summary";
  private static final String REFUSALS = "convoy.refusals";
  private static final String LEFT = "convoy.left";
  private static final String DISTRUSTED = "convoy.distrusted";

  private JobSummary() {}

  /** Adds a line. A step that runs again after a restart replaces what it said before. */
  public static void say(StepExecution step, String lines) {
    step.getExecutionContext().putString(LINES, lines);
  }

  /**
   * Adds to the number of inputs that the job refused; they do not fail it, but its command ends
   * with a status.
   */
  public static void refused(StepExecution step, long count) {
    step.getExecutionContext().putLong(REFUSALS, count);
  }

  /** All lines of the job's steps, in order. */
  public static String of(JobExecution job) {
    StringBuilder all = new StringBuilder();
    for (StepExecution step : job.getStepExecutions()) {
      String lines = step.getExecutionContext().getString(LINES, "");
      if (!lines.isEmpty()) {
        all.append(all.isEmpty() ? "" : "\n").append(lines);
      }
    }
    return all.toString();
  }

  /** How many inputs the job refused. */
  public static long refusals(JobExecution job) {
    return job.getStepExecutions().stream()
        .mapToLong(step -> step.getExecutionContext().getLong(REFUSALS, 0))
        .sum();
  }

  /** Records how many inputs the step left because someone has to confirm them. */
  public static void left(StepExecution step, long count) {
    step.getExecutionContext().putLong(LEFT, count);
  }

  /** How many inputs of the job wait for someone to confirm them. */
  public static long left(JobExecution job) {
    return job.getStepExecutions().stream()
        .mapToLong(step -> step.getExecutionContext().getLong(LEFT, 0))
        .sum();
  }

  /** Records that the step stopped a campaign, or publishing, at what cannot be trusted. */
  public static void distrusted(StepExecution step) {
    step.getExecutionContext().putLong(DISTRUSTED, 1);
  }

  /** Whether a step of the job stopped a campaign for that reason. */
  public static boolean isDistrusted(JobExecution job) {
    return job.getStepExecutions().stream()
        .anyMatch(step -> step.getExecutionContext().containsKey(DISTRUSTED));
  }
}
