package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import java.time.Duration;

/**
 * How often an update is tried on a vehicle.
 *
 * @param attempts all attempts, the first included, 1 to 10
 * @param backoff from a failure to the next attempt, zero or more
 */
public record RetryRule(int attempts, Duration backoff) {
  public RetryRule {
    check(attempts >= 1 && attempts <= 10, "attempts", attempts, "1 to 10");
    check(!backoff.isNegative(), "backoff", backoff, "PT0S or more");
  }
}
