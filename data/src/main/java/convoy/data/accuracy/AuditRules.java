package convoy.data.accuracy;

import convoy.data.vehicle.Powertrain;
import java.time.Duration;
import java.util.List;

/**
 * What the checks of the inventory are measured by.
 *
 * @param silentAfter a vehicle of which nothing newer is known is not heard of
 * @param releaseVehicles a version that exports name for so many vehicles is a release
 * @param examples how many findings of each check are kept, at least one
 * @param impossible what no vehicle has
 */
public record AuditRules(
    Duration silentAfter, int releaseVehicles, int examples, List<Combination> impossible) {

  public AuditRules {
    impossible = List.copyOf(impossible);
  }

  /** A module in a vehicle of that powertrain. */
  public record Combination(Powertrain powertrain, String module) {}
}
