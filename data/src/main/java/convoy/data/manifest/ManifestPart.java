package convoy.data.manifest;

import convoy.data.campaign.OwnerTerms;
import convoy.data.update.Preconditions;
import java.util.ArrayList;
import java.util.List;

/**
 * What a manifest asks for on behalf of one campaign.
 *
 * @param campaign the campaign's id
 * @param wave the wave's number in the campaign
 * @param attempt the vehicle's attempt in the campaign
 * @param correlationId to be given back in status events
 * @param preconditions what the vehicle sees to before it installs
 * @param owner what the vehicle asks and tells its owner
 * @param targets one entry for each ECU
 */
public record ManifestPart(
    String campaign,
    int wave,
    int attempt,
    String correlationId,
    Preconditions preconditions,
    OwnerTerms owner,
    List<ManifestTarget> targets) {
  public ManifestPart {
    targets = List.copyOf(targets);
  }

  /** A manifest's own entries and those that it carries. */
  static List<ManifestTarget> all(List<ManifestTarget> own, List<ManifestPart> carried) {
    if (carried.isEmpty()) {
      return own;
    }
    List<ManifestTarget> all = new ArrayList<>(own);
    carried.forEach(part -> all.addAll(part.targets()));
    return all;
  }
}
