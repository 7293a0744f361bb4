package convoy.data.status;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * When a failed attempt is tried again.
 *
 * @param maxAttempts attempts that one vehicle gets in all, 1 to 20
 * @param backoff the wait after the first attempt, up to 30 days; each further wait is twice as
 *     long
 * @param dispositions what each error code calls for; must answer for every code, unknown ones too
 */
public record RetryPolicy(
    int maxAttempts, Duration backoff, Function<String, Disposition> dispositions) {
  private static final int MOST_ATTEMPTS = 20;
  private static final Duration LONGEST_BACKOFF = Duration.ofDays(30);

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public RetryPolicy {
    if (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "max attempts %s: expected 1 to %s".formatted(maxAttempts, MOST_ATTEMPTS));
    }
    if (backoff.isNegative() || backoff.compareTo(LONGEST_BACKOFF) > 0) {
      throw new IllegalArgumentException(
          "backoff %s: expected nothing or more, at most %s".formatted(backoff, LONGEST_BACKOFF));
    }
  }

  /**
   * What follows the failure of an attempt. The same failure always gets the same answer.
   *
   * @param attemptsDone the attempts so far, the failed one included, from 1
   * @param failedAt when it failed; the wait counts from then
   * @throws IllegalArgumentException when no attempt was done
   */
  public RetryDecision decide(String errorCode, int attemptsDone, Instant failedAt, String vin) {
    if (attemptsDone < 1) {
      throw new IllegalArgumentException(
          "%s: %s attempts done, expected at least 1".formatted(vin, attemptsDone));
    }
    return switch (dispositions.apply(errorCode)) {
      case WORKSHOP -> new RetryDecision(AssignmentState.FAILED, null, "workshop");
      case PERMANENT -> new RetryDecision(AssignmentState.FAILED, null, "permanent");
      case RETRY ->
          attemptsDone >= maxAttempts
              ? new RetryDecision(
                  AssignmentState.FAILED,
                  null,
                  "attempts exhausted: %s of %s".formatted(attemptsDone, maxAttempts))
              : new RetryDecision(
                  AssignmentState.RETRY_DUE,
                  failedAt.plus(wait(attemptsDone, vin)),
                  "retry after attempt %s of %s".formatted(attemptsDone, maxAttempts));
    };
  }

  /**
   * Twice as long each time, plus up to 10 % by vehicle, so that a fleet which failed together does
   * not come back together.
   */
  private Duration wait(int attemptsDone, String vin) {
    Duration plain = backoff.multipliedBy(1L << (attemptsDone - 1));
    int permille = Math.floorMod((vin + '/' + attemptsDone).hashCode(), 1001);
    return plain.plus(plain.multipliedBy(permille).dividedBy(10_000));
  }
}
