package convoy.data.status;

import java.util.Map;

/**
 * The vehicles of a wave, each counted once by its assignment's state; never attempts or events.
 *
 * @param installed vehicles that did what the campaign asks: that downloaded the images, where it
 *     asks for nothing more
 * @param failed failed for good or waiting for a new attempt
 * @param silent past the deadline or the manifest's end without an outcome
 * @param inProgress issued, without an outcome so far
 * @param waiting not issued yet
 * @param cancelled those that left the wave because they were withdrawn; not part of the total
 */
public record GateNumbers(
    long total,
    long installed,
    long failed,
    long silent,
    long declined,
    long inProgress,
    long waiting,
    long cancelled) {

  /**
   * @throws IllegalArgumentException when a number is negative or they do not add up to the total
   */
  public GateNumbers {
    if (Math.min(Math.min(installed, failed), Math.min(silent, declined)) < 0
        || Math.min(inProgress, waiting) < 0) {
      throw new IllegalArgumentException(
          "%s: expected no number below 0"
              .formatted(list(installed, failed, silent, declined, inProgress, waiting)));
    }
    if (cancelled < 0) {
      throw new IllegalArgumentException(
          "%s cancelled: expected no number below 0".formatted(cancelled));
    }
    long sum = installed + failed + silent + declined + inProgress + waiting;
    if (sum != total) {
      throw new IllegalArgumentException(
          "%s make %s vehicles, expected the total of %s"
              .formatted(
                  list(installed, failed, silent, declined, inProgress, waiting), sum, total));
    }
  }

  /** The numbers of a wave from its vehicles by state; CANCELLED and SUPERSEDED have left it. */
  public static GateNumbers of(Map<AssignmentState, Long> vehicles) {
    long[] n = new long[7];
    vehicles.forEach(
        (state, count) -> {
          switch (state) {
            case INSTALLED, DOWNLOADED -> n[0] += count;
            case FAILED, RETRY_DUE, ROLLBACK_DUE, ROLLBACK_ISSUED, ROLLED_BACK, SERVICE_REQUIRED ->
                n[1] += count;
            case SILENT, EXPIRED -> n[2] += count;
            case DECLINED -> n[3] += count;
            case ISSUED, IN_PROGRESS -> n[4] += count;
            case PLANNED, WAITING -> n[5] += count;
            case CANCELLED -> n[6] += count;
            case SUPERSEDED -> {}
          }
        });
    return new GateNumbers(
        n[0] + n[1] + n[2] + n[3] + n[4] + n[5], n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
  }

  /** Vehicles that the update was offered to and not declined by. */
  long wanted() {
    return total - declined;
  }

  private static String list(
      long installed, long failed, long silent, long declined, long inProgress, long waiting) {
    return "%s installed, %s failed, %s silent, %s declined, %s in progress, %s waiting"
        .formatted(installed, failed, silent, declined, inProgress, waiting);
  }
}
