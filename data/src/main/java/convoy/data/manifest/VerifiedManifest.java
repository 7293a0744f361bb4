package convoy.data.manifest;

import convoy.data.campaign.OwnerTerms;
import convoy.data.error.ConvoyException;
import convoy.data.trust.Hashes;
import convoy.data.update.Preconditions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
 * @param preconditions what the vehicle sees to before it installs
 * @param owner what the vehicle asks and tells its owner
 * @param targets one entry for each ECU, by install order, then ECU serial; of this campaign alone
 * @param carried what it carries of other campaigns
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
    Preconditions preconditions,
    OwnerTerms owner,
    List<ManifestTarget> targets,
    List<ManifestPart> carried) {
  public VerifiedManifest {
    targets = List.copyOf(targets);
    carried = List.copyOf(carried);
  }

  /** Its own part, unless it installs nothing for its campaign, and those that it carries. */
  public List<ManifestPart> parts() {
    List<ManifestPart> parts = new ArrayList<>();
    if (!targets.isEmpty()) {
      parts.add(
          new ManifestPart(campaign, wave, attempt, correlationId, preconditions, owner, targets));
    }
    parts.addAll(carried);
    return parts;
  }

  /** One entry for each ECU, whichever campaign asks for it. */
  public List<ManifestTarget> all() {
    return ManifestPart.all(targets, carried);
  }

  /**
   * Checks that the image repository says the same of each image (Uptane Standard 2.1, full
   * verification, step 10).
   *
   * @throws ConvoyException NOT_TRUSTED when it does not list one, or one differs
   */
  public VerifiedManifest requireMatch(ImageTargets images) {
    all().forEach(target -> images.requireMatch(where(), target));
    return this;
  }

  /** What of it counts for the manifests that follow. */
  public TakenManifest taken() {
    return taken(all());
  }

  /**
   * The same of a vehicle that takes only some of its parts.
   *
   * @param targets of these
   */
  public TakenManifest taken(List<ManifestTarget> targets) {
    return new TakenManifest(
        vin,
        version,
        issuedAt,
        Hashes.sha256(toString().getBytes(StandardCharsets.UTF_8)),
        targets.stream()
            .collect(
                Collectors.toMap(
                    ManifestTarget::ecuSerial, target -> target.image().releaseCounter())));
  }

  /**
   * Checks what only the vehicle itself can: that the ECUs are its own, have the hardware, and
   * would not go back to an earlier release (Uptane Standard 2.1, "Verify image", steps 3 and 4).
   *
   * @param targets of these: parts are independent, a vehicle takes those that fit
   * @param ecus the vehicle's ECUs by serial
   * @throws RefusedManifest when one does not fit
   */
  public void requireFits(List<ManifestTarget> targets, Map<String, KnownEcu> ecus) {
    for (ManifestTarget target : targets) {
      KnownEcu ecu = ecus.get(target.ecuSerial());
      if (ecu == null) {
        throw refused(
            Refusal.ECU_UNKNOWN, target, "not an ECU of this vehicle, expected one of its own");
      }
      if (!ecu.hardwareId().equals(target.hardwareId())) {
        throw refused(
            Refusal.WRONG_HARDWARE,
            target,
            "image for hardware '"
                + target.hardwareId()
                + "', expected its own, '"
                + ecu.hardwareId()
                + "'");
      }
      int counter = target.image().releaseCounter();
      if (counter < ecu.releaseCounter()) {
        throw refused(Refusal.MANIFEST_REFUSED, target, lowered(counter, ecu.releaseCounter()));
      }
    }
  }

  /** What is wrong with a release counter that is lower than one that its ECU has taken. */
  static String lowered(int counter, int least) {
    return "release counter %d, expected %d or more, which it has taken before"
        .formatted(counter, least);
  }

  private RefusedManifest refused(Refusal refusal, ManifestTarget target, String why) {
    return new RefusedManifest(
        refusal, target.ecuSerial(), where() + ": ECU '" + target.ecuSerial() + "': " + why, null);
  }

  private String where() {
    return vin + " version " + version;
  }
}
