package convoy.jobs.simulate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the vehicles of a simulated fleet behave. Shares are in basis points: 700 is 7 %.
 *
 * @param fail attempts that fail, with a cause from {@code faults}
 * @param silent attempts of which nothing more is heard, at once or half-way
 * @param declined attempts that the owner refuses
 * @param wrongVersion attempts reported as installed while an ECU still runs its old version
 * @param fellBack attempts that install and later run the old version again
 * @param repeated events that are sent twice
 * @param disordered events that are overtaken by later ones
 * @param late attempts of which a part of the events arrives a day later
 * @param faults the causes of a failure with their weights
 */
public record SimulationPlan(
    int fail,
    int silent,
    int declined,
    int wrongVersion,
    int fellBack,
    int repeated,
    int disordered,
    int late,
    Map<Fault, Integer> faults) {
  static final int WHOLE = 10_000;

  /**
   * @throws IllegalArgumentException when a share is out of its range, the outcomes make more than
   *     the whole, or failures have no cause
   */
  public SimulationPlan {
    Map<Fault, Integer> copy = new EnumMap<>(Fault.class);
    copy.putAll(faults);
    faults = Collections.unmodifiableMap(copy);
    share("fail", fail);
    share("silent", silent);
    share("declined", declined);
    share("wrong version", wrongVersion);
    share("fell back", fellBack);
    share("repeated", repeated);
    share("disordered", disordered);
    share("late", late);
    int sum = fail + silent + declined + wrongVersion + fellBack;
    if (sum > WHOLE) {
      throw new IllegalArgumentException(
          "fail, silent, declined, wrong version and fell back make %s, expected at most %s"
              .formatted(sum, WHOLE));
    }
    faults.forEach((fault, weight) -> share("weight of " + fault, weight));
    if (fail > 0 && faults.values().stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException("no fault has a weight, expected at least one");
    }
  }

  /** A usual night: about 88 of 100 attempts succeed. */
  public static SimulationPlan usual() {
    return new SimulationPlan(
        750,
        200,
        120,
        80,
        50,
        300,
        500,
        400,
        Map.of(
            Fault.DOWNLOAD_FAILED, 30,
            Fault.LOW_BATTERY, 25,
            Fault.POWER_LOSS, 15,
            Fault.VERIFY_FAILED, 10,
            Fault.FLASH_FAILED, 10,
            Fault.WRONG_HARDWARE, 5,
            Fault.ECU_UNRESPONSIVE, 5));
  }

  private static void share(String name, int value) {
    if (value < 0 || value > WHOLE) {
      throw new IllegalArgumentException("%s %s: expected 0 to %s".formatted(name, value, WHOLE));
    }
  }
}
