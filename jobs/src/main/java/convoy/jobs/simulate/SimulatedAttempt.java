package convoy.jobs.simulate;

import convoy.data.campaign.OwnerConsent;
import java.time.Instant;
import java.util.List;

/**
 * One attempt that a simulated vehicle gets.
 *
 * @param manifestVersion the version of the manifest issued for this attempt
 * @param attempt from 1
 * @param targets in the order of installation
 * @param issuedAt when the manifest was issued
 * @param consent what the manifest says of the owner
 */
public record SimulatedAttempt(
    String vin,
    String campaign,
    long manifestVersion,
    int attempt,
    List<Target> targets,
    Instant issuedAt,
    OwnerConsent consent) {

  /**
   * One module to update.
   *
   * @param expectedVersion the version that the manifest names
   * @param oldVersion the version that the ECU runs before
   */
  public record Target(String module, String expectedVersion, String oldVersion) {}

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
