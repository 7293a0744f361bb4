package convoy.data.eligibility;

import convoy.data.campaign.RegionZones;
import convoy.data.vehicle.ModuleCatalog;
import java.time.Duration;
import java.time.Instant;

/**
 * What the matching takes from the settings.
 *
 * @param modules how versions are written now
 * @param staleAfter a vehicle of which nothing was heard for so long is not decided on
 * @param zones where regions' clocks stand
 */
public record MatchRules(ModuleCatalog modules, Duration staleAfter, RegionZones zones) {
  /** Vehicles that were not heard of since then are stale. */
  public Instant staleBefore(Instant now) {
    return now.minus(staleAfter);
  }
}
