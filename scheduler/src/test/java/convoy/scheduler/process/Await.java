package convoy.scheduler.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does. */
final class Await {
  private static final long POLL_MILLIS = 2;

  private Await() {}

  /**
   * Looks again and again until the condition holds.
   *
   * @throws AssertionError naming what was waited for, when it does not hold in time
   */
  static void until(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + limit.toSeconds() + " s for " + what);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
