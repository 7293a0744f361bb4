package convoy.scheduler.cli;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The option --valid-for. */
final class ValidFor {
  private ValidFor() {}

  /**
   * The end of what holds for that long from now on, in whole seconds.
   *
   * @throws ConvoyException USAGE when it is no time
   */
  static Instant until(Instant now, Duration validFor) {
    if (validFor.isNegative() || validFor.isZero()) {
      throw new ConvoyException(
          ErrorCode.USAGE, "--valid-for %s: expected more than PT0S".formatted(validFor));
    }
    return now.plus(validFor).truncatedTo(ChronoUnit.SECONDS);
  }
}
