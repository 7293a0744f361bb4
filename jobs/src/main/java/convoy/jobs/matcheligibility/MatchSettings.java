package convoy.jobs.matcheligibility;

import convoy.config.ConvoySettings;
import convoy.data.campaign.RegionZones;
import convoy.data.eligibility.MatchRules;
import convoy.data.vehicle.ModuleCatalog;

/** The settings of the matching, as the domain takes them. */
public final class MatchSettings {
  private MatchSettings() {}

  /** What the matching takes from the settings. */
  public static MatchRules rules(ConvoySettings settings, ModuleCatalog modules) {
    ConvoySettings.Eligibility eligibility = settings.eligibility();
    return new MatchRules(
        modules,
        eligibility.staleAfter(),
        new RegionZones(eligibility.zones(), eligibility.otherZone()));
  }
}
