package convoy.jobs.simulate;

import convoy.data.campaign.Share;
import convoy.data.update.Battery;
import convoy.data.update.Preconditions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the vehicles of a rule behave.
 *
 * @param plan the shares of what goes wrong
 * @param declinedUnasked attempts, in basis points, of which the vehicle says that the owner
 *     declined, whether the owner was to be asked or not
 * @param errors the codes of failures, each as likely; none: those of the plan
 * @param lateBy how much later events arrive that are late
 * @param clock how far the vehicle's clock is ahead
 * @param hasHardware the hardware that the ECUs have; null: what the exports say
 * @param battery the charge of the vehicle's battery, which does not change; null: always enough
 * @param parked how long it is parked at a time; null: always long enough
 */
record Conduct(
    SimulationPlan plan,
    int declinedUnasked,
    List<String> errors,
    Duration lateBy,
    Duration clock,
    @Nullable String hasHardware,
    @Nullable Share battery,
    @Nullable Duration parked) {
  static final Duration A_DAY = Duration.ofDays(1);

  static Conduct of(SimulationPlan plan) {
    return new Conduct(plan, 0, List.of(), A_DAY, Duration.ZERO, null, null, null);
  }

  /** Which of the preconditions of a manifest the vehicle never meets; empty for none. */
  Optional<Fault> unmet(Preconditions asked) {
    Battery least = asked.battery();
    if (battery != null && least != null && battery.basisPoints() < least.percent() * 100) {
      return Optional.of(Fault.LOW_BATTERY);
    }
    Duration needed = asked.duration() == null ? Duration.ofSeconds(1) : asked.duration();
    return parked != null && Boolean.TRUE.equals(asked.parked()) && parked.compareTo(needed) < 0
        ? Optional.of(Fault.NOT_PARKED)
        : Optional.empty();
  }
}
