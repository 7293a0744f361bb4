package convoy.data.manifest;

import java.time.Instant;
import java.util.List;

/**
 * What a manifest tells its vehicle, after all checks held.
 *
 * @param vin the vehicle
 * @param version the manifest's version for this vehicle
 * @param campaign the campaign's id
 * @param wave the wave's number in the campaign
 * @param attempt the vehicle's attempt in the campaign
 * @param correlationId to be given back in status events
 * @param issuedAt when it was issued
 * @param expiresAt from when it is no longer taken
 * @param targets one entry for each ECU, by install order, then ECU serial
 */
public record VerifiedManifest(
    String vin,
    long version,
    String campaign,
    int wave,
    int attempt,
    String correlationId,
    Instant issuedAt,
    Instant expiresAt,
    List<ManifestTarget> targets) {
  public VerifiedManifest {
    targets = List.copyOf(targets);
  }
}
