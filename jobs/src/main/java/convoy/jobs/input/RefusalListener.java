package convoy.jobs.input;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.Optional;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Turns the failure of a step that met an unacceptable file into the exit status {@code REFUSED},
 * on which the job goes on to put the file aside. Every other failure stays one.
 */
public final class RefusalListener implements StepExecutionListener {
  /** The exit status of a step whose file is refused. */
  public static final String REFUSED = "REFUSED";

  // Not the exit status's description: to that one the framework adds stack traces.
  private static final String REASON = "convoy.refusal";

  @Override
  public ExitStatus afterStep(StepExecution step) {
    Optional<String> refusal = refusal(step);
    refusal.ifPresent(reason -> step.getExecutionContext().putString(REASON, reason));
    return refusal.map(reason -> new ExitStatus(REFUSED)).orElse(step.getExitStatus());
  }

  /** Why the job's file cannot be read: the message that its reader gave, if it did. */
  static Optional<String> reason(JobExecution job) {
    return job.getStepExecutions().stream()
        .map(step -> step.getExecutionContext().getString(REASON, ""))
        .filter(reason -> !reason.isEmpty())
        .findFirst();
  }

  /** Why the step's file is refused, if it is. */
  private static Optional<String> refusal(StepExecution step) {
    for (Throwable failure : step.getFailureExceptions()) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof ConvoyException convoy && convoy.code() == ErrorCode.INPUT_REFUSED) {
          return Optional.of(String.valueOf(convoy.getMessage()));
        }
      }
    }
    return Optional.empty();
  }
}
