package convoy.jobs.simulate;

import convoy.data.campaign.OwnerConsent;
import convoy.data.update.Preconditions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that a simulated vehicle gets.
 *
 * @param model the vehicle's
 * @param region the vehicle's
 * @param wave the wave's number in the campaign, from 1
 * @param manifestVersion the version of the manifest issued for this attempt
 * @param attempt from 1
 * @param targets in the order of installation
 * @param issuedAt when the manifest was issued
 * @param expiresAt from when the manifest is no longer taken
 * @param preconditions what the vehicle sees to before it installs
 * @param consent what the manifest says of the owner
 * @param kind whether the manifest installs the update or takes the vehicle back
 */
public record SimulatedAttempt(
    String vin,
    String model,
    String region,
    String campaign,
    int wave,
    long manifestVersion,
    int attempt,
    List<Target> targets,
    Instant issuedAt,
    Instant expiresAt,
    Preconditions preconditions,
    OwnerConsent consent,
    Kind kind) {

  /** What a manifest is for. */
  public enum Kind {
    UPDATE,
    ROLLBACK
  }

  /**
   * One module to update.
   *
   * @param serial the ECU's serial number
   * @param hardware the hardware part that the image is for
   * @param expectedVersion the version that the manifest names
   * @param oldVersion the version that the ECU runs before; null where nobody knows
   */
  public record Target(
      String module,
      String serial,
      String hardware,
      String expectedVersion,
      @Nullable String oldVersion) {}

  /**
   * @throws IllegalArgumentException without targets
   */
  public SimulatedAttempt {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(vin + ": no targets, expected at least one");
    }
  }

  /** The module of one of its ECUs; null for none of them. */
  @Nullable String module(@Nullable String serial) {
    return targets.stream()
        .filter(target -> target.serial().equals(serial))
        .map(Target::module)
        .findFirst()
        .orElse(null);
  }
}
