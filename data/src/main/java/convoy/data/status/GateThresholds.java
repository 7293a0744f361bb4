package convoy.data.status;

/**
 * When a gate opens or stops. Shares are in basis points: 8,000 is 80 %.
 *
 * @param success advance from this share of installed vehicles, 1 to 10,000
 * @param pauseOnFailure pause from this share of failures, 0 to 10,000; 0 means from the first one
 * @param abortOnFailure abort from this share of failures, from pauseOnFailure to 10,000
 * @param minimumReports failures are judged once so many vehicles have an outcome, from 1
 * @param goal what a vehicle has to do to count as one that did it
 */
public record GateThresholds(
    int success, int pauseOnFailure, int abortOnFailure, int minimumReports, Goal goal) {
  static final int WHOLE = 10_000;

  /** What a campaign asks of a vehicle. */
  public enum Goal {
    INSTALLED("installed"),
    DOWNLOADED("downloaded");

    private final String word;

    Goal(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * @throws IllegalArgumentException when a threshold is out of its range
   */
  public GateThresholds {
    check("success", success, 1, WHOLE);
    check("pause on failure", pauseOnFailure, 0, WHOLE);
    check("abort on failure", abortOnFailure, pauseOnFailure, WHOLE);
    check("minimum reports", minimumReports, 1, Integer.MAX_VALUE);
  }

  private static void check(String name, int value, int from, int to) {
    if (value < from || value > to) {
      throw new IllegalArgumentException(
          "%s %s: expected %s to %s".formatted(name, value, from, to));
    }
  }
}
