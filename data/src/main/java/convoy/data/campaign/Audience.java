package convoy.data.campaign;

import convoy.data.update.DefinitionChecks;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Vin;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whom a campaign is for. An empty list of regions, models or powertrains is all of them.
 *
 * @param regions markets, ISO 3166-1 alpha-2, upper case
 * @param excludeVins vehicles that are left out
 */
public record Audience(
    List<String> regions,
    List<String> models,
    List<Powertrain> powertrains,
    List<String> excludeVins) {
  private static final Pattern REGION = Pattern.compile("[A-Z]{2}");

  /** Every vehicle that the update fits. */
  public static final Audience EVERYONE = new Audience(List.of(), List.of(), List.of(), List.of());

  public Audience {
    regions = List.copyOf(regions);
    models = List.copyOf(models);
    powertrains = List.copyOf(powertrains);
    excludeVins = List.copyOf(excludeVins);
    DefinitionChecks.distinct("regions", regions);
    for (String region : regions) {
      DefinitionChecks.check(
          REGION.matcher(region).matches(), "regions", region, "a two-letter code such as DE");
    }
    DefinitionChecks.distinct("models", models);
    DefinitionChecks.distinct("powertrains", powertrains);
    DefinitionChecks.distinct("exclude-vins", excludeVins);
    for (String vin : excludeVins) {
      DefinitionChecks.check(
          Vin.isWellFormed(vin),
          "exclude-vins",
          vin,
          "17 digits and capital letters without I, O and Q");
    }
  }
}
