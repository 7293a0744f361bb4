package convoy.jobs.input;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.Optional;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Turns the failure of a step that met an unacceptable file into the exit status {@code REFUSED},
 * on which the job goes on to put the file aside. Every other failure stays one.
 */
public final class RefusalListener implements StepExecutionListener {
  /** The exit status of a step whose file is refused; its description is the reason. */
  public static final String REFUSED = "REFUSED";

  @Override
  public ExitStatus afterStep(StepExecution step) {
    return refusal(step)
        .map(reason -> new ExitStatus(REFUSED, reason))
        .orElse(step.getExitStatus());
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
