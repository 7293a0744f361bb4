package convoy.data.manifest;

import convoy.data.campaign.OwnerTerms;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.update.Preconditions;
import convoy.data.vehicle.Vin;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one vehicle is to be told.
 *
 * @param vin the vehicle
 * @param version the manifest's version for this vehicle, 1 or more; it only grows
 * @param campaign the campaign's id
 * @param wave the wave's number in the campaign
 * @param attempt the vehicle's attempt in the campaign
 * @param correlationId comes back in status events
 * @param issuedAt when it is issued; whole seconds are kept
 * @param expiresAt from when the vehicle no longer takes it; whole seconds are kept
 * @param preconditions what the vehicle must see to before it installs
 * @param owner what the vehicle asks and tells its owner
 * @param targets one entry for each ECU; none tells the vehicle that nothing is to be installed for
 *     this campaign
 * @param carried what it carries of other campaigns
 */
public record ManifestRequest(
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

  /**
   * @throws ConvoyException INPUT_REFUSED when a vehicle would refuse the manifest: an ECU listed
   *     twice, one file name for different images, an expiry before the issue, a campaign carried
   *     twice or without an image
   */
  public ManifestRequest {
    targets = List.copyOf(targets);
    carried = List.copyOf(carried);
    require(Vin.isWellFormed(vin), vin, "VIN", vin, "17 characters of the VIN alphabet");
    require(version >= 1, vin, "manifest version", version, "1 or more");
    requireSaid(vin, campaign, wave, attempt, correlationId);
    boolean expiresLater = expiresAt.getEpochSecond() > issuedAt.getEpochSecond();
    // Said only where it is needed: writing times takes a while.
    String expected = expiresLater ? "" : "a time after the issue at " + issuedAt;
    require(expiresLater, vin, "expiry", expiresAt, expected);
    if (!carried.isEmpty()) {
      requireCampaigns(vin, campaign, carried);
      requireNamesOfOneCampaign(vin, targets, carried);
    }
    List<ManifestTarget> all = ManifestPart.all(targets, carried);
    requireEachEcuOnce(vin, all);
    requireSameFactsForSameName(vin, all);
  }

  private static void requireSaid(
      String vin, String campaign, int wave, int attempt, String correlationId) {
    require(!campaign.isEmpty(), vin, "campaign", campaign, "text");
    require(wave >= 0, vin, "wave", wave, "0 or more");
    require(attempt >= 0, vin, "attempt", attempt, "0 or more");
    require(!correlationId.isEmpty(), vin, "correlation id", correlationId, "text");
  }

  private static void requireCampaigns(String vin, String campaign, List<ManifestPart> carried) {
    Set<String> campaigns = new HashSet<>();
    for (ManifestPart part : carried) {
      requireSaid(vin, part.campaign(), part.wave(), part.attempt(), part.correlationId());
      require(!part.targets().isEmpty(), vin, "images carried", part.campaign(), "one or more");
      require(
          !part.campaign().equals(campaign) && campaigns.add(part.campaign()),
          vin,
          "campaign carried",
          part.campaign(),
          "each once, and not its own");
    }
  }

  private static void requireNamesOfOneCampaign(
      String vin, List<ManifestTarget> targets, List<ManifestPart> carried) {
    Set<String> others = new HashSet<>();
    targets.forEach(target -> others.add(target.image().fileName()));
    for (ManifestPart part : carried) {
      Set<String> names = new HashSet<>();
      part.targets().forEach(target -> names.add(target.image().fileName()));
      for (String name : names) {
        require(others.add(name), vin, "image of two campaigns", name, "each for one campaign");
      }
    }
  }

  private static void requireEachEcuOnce(String vin, List<ManifestTarget> targets) {
    Set<String> serials = new HashSet<>();
    for (ManifestTarget target : targets) {
      require(
          serials.add(target.ecuSerial()),
          vin,
          "ECU listed twice",
          target.ecuSerial(),
          "each ECU once");
    }
  }

  private static void requireSameFactsForSameName(String vin, List<ManifestTarget> targets) {
    Map<String, ManifestImage> byName = new HashMap<>();
    for (ManifestTarget target : targets) {
      ManifestImage image = target.image();
      ManifestImage other = byName.putIfAbsent(image.fileName(), image);
      require(
          other == null || other.equals(image),
          vin,
          "image described in two ways",
          image.fileName(),
          "the same image, module and install order for every ECU that gets it");
    }
  }

  private static void require(
      boolean holds, String vin, String what, Object found, String expected) {
    if (!holds) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "manifest for " + vin + ": " + what + ": '" + found + "', expected " + expected);
    }
  }
}
