package convoy.jobs.simulate;

import java.time.Duration;
import java.util.List;

/**
 * How the vehicles of a rule behave.
 *
 * @param plan the shares of what goes wrong
 * @param declinedUnasked attempts, in basis points, of which the vehicle says that the owner
 *     declined, whether the owner was to be asked or not
 * @param errors the codes of failures, each as likely; none: those of the plan
 * @param lateBy how much later events arrive that are late
 * @param clock how far the vehicle's clock is ahead
 */
record Conduct(
    SimulationPlan plan,
    int declinedUnasked,
    List<String> errors,
    Duration lateBy,
    Duration clock) {
  static final Duration A_DAY = Duration.ofDays(1);

  static Conduct of(SimulationPlan plan) {
    return new Conduct(plan, 0, List.of(), A_DAY, Duration.ZERO);
  }
}
