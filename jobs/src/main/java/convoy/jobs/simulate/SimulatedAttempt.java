package convoy.jobs.simulate;

import convoy.data.campaign.OwnerConsent;
import java.time.Instant;
import java.util.List;

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
   * @param hardware the hardware part that the image is for
   * @param expectedVersion the version that the manifest names
   * @param oldVersion the version that the ECU runs before
   */
  public record Target(String module, String hardware, String expectedVersion, String oldVersion) {}

  /**
   * @throws IllegalArgumentException without targets
   */
  public SimulatedAttempt {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(vin + ": no targets, expected at least one");
    }
  }
}
