package convoy.data.manifest;

import convoy.data.campaign.OwnerTerms;
import convoy.data.error.ConvoyException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
 * @param owner what the vehicle asks and tells its owner
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
    OwnerTerms owner,
    List<ManifestTarget> targets) {
  public VerifiedManifest {
    targets = List.copyOf(targets);
  }

  /**
   * Checks that the image repository says the same of each image (Uptane Standard 2.1, full
   * verification, step 10).
   *
   * @throws ConvoyException NOT_TRUSTED when it does not list one, or one differs
   */
  public VerifiedManifest requireMatch(ImageTargets images) {
    targets.forEach(target -> images.requireMatch(where(), target));
    return this;
  }

  private String where() {
    return vin + " version " + version;
  }

  /**
   * Checks what only the vehicle itself can: that the ECUs are its own, have the hardware, and
   * would not go back to an earlier release (Uptane Standard 2.1, "Verify image", steps 3 and 4).
   *
   * @param ecus the vehicle's ECUs by serial
   * @throws ConvoyException NOT_TRUSTED when one does not fit
   */
  public VerifiedManifest requireFits(Map<String, KnownEcu> ecus) {
    for (ManifestTarget target : targets) {
      KnownEcu ecu = ecus.get(target.ecuSerial());
      if (ecu == null) {
        throw refused(target, "not an ECU of this vehicle, expected one of its own");
      }
      if (!ecu.hardwareId().equals(target.hardwareId())) {
        throw refused(
            target,
            "image for hardware '"
                + target.hardwareId()
                + "', expected its own, '"
                + ecu.hardwareId()
                + "'");
      }
      requireCounter(target, ecu.releaseCounter());
    }
    return this;
  }

  /** Checks that a target of this manifest does not go below what its ECU has taken. */
  void requireCounter(ManifestTarget target, int taken) {
    if (target.image().releaseCounter() < taken) {
      throw refused(
          target,
          "release counter "
              + target.image().releaseCounter()
              + ", expected "
              + taken
              + " or more, which it has taken before");
    }
  }

  private ConvoyException refused(ManifestTarget target, String why) {
    return Metadata.untrusted(where() + ": ECU '" + target.ecuSerial() + "': " + why);
  }
}
