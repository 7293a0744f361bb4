package convoy.jobs.simulate;

import convoy.data.status.FailureCode;
import convoy.data.status.ReportedState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated vehicle fails.
 *
 * @param code the error code that it reports, null for a failure without one
 * @param lastProgress the last step that it reports before the failure
 * @param isMute whether the ECU no longer tells its version either
 */
record Failure(@Nullable String code, ReportedState lastProgress, boolean isMute) {
  /** The failure with that code; one that is no {@link Fault} strikes while it is installed. */
  static Failure of(String code) {
    return Arrays.stream(Fault.values())
        .filter(fault -> fault.name().equals(code))
        .findFirst()
        .map(Fault::failure)
        .orElseGet(
            () ->
                new Failure(
                    code.equals(FailureCode.UNSPECIFIED) ? null : code,
                    ReportedState.INSTALLING,
                    false));
  }
}
