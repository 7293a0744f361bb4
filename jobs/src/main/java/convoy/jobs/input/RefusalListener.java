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

  private static final String REASON = "convoy.refusal";

  @Override
  public ExitStatus afterStep(StepExecution step) {
    Optional<String> reason = refusal(step);
    // Not in the exit status: Spring Batch joins its description with the stack trace.
    reason.ifPresent(text -> step.getExecutionContext().putString(REASON, text));
    return reason.isPresent() ? new ExitStatus(REFUSED) : step.getExitStatus();
  }

  /** Why a step of the job refused its file. */
  static String reason(JobExecution job) {
    return job.getStepExecutions().stream()
        .map(step -> step.getExecutionContext().getString(REASON, ""))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElseThrow();
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
