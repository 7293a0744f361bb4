package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.campaign.filter.Filter;
import convoy.data.update.DefinitionChecks;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Vin;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a campaign is for: vehicles for which all of it holds. An empty list of regions, models,
 * powertrains or plants is all of them.
 *
 * @param regions markets, ISO 3166-1 alpha-2, upper case
 * @param plants where vehicles were built; one of which that is not known is not of the audience
 * @param built null for any day
 * @param filter null for none
 * @param vins the name of a file beside the definition that lists the only vehicles; null for none
 * @param excludeVins vehicles that are left out
 * @param exclude the name of a file that lists more of them; null for none
 */
public record Audience(
    List<String> regions,
    List<String> models,
    List<Powertrain> powertrains,
    List<String> plants,
    @Nullable BuiltDates built,
    @Nullable Filter filter,
    @Nullable String vins,
    List<String> excludeVins,
    @Nullable String exclude) {
  private static final Pattern REGION = Pattern.compile("[A-Z]{2}");
  private static final Pattern FILE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,194}\\.(csv|xlsx)");

  /** Every vehicle that the update fits. */
  public static final Audience EVERYONE = new Audience(List.of(), List.of(), List.of(), List.of());

  public Audience {
    regions = List.copyOf(regions);
    models = List.copyOf(models);
    powertrains = List.copyOf(powertrains);
    plants = List.copyOf(plants);
    excludeVins = List.copyOf(excludeVins);
    DefinitionChecks.distinct("regions", regions);
    for (String region : regions) {
      check(REGION.matcher(region).matches(), "regions", region, "a two-letter code such as DE");
    }
    DefinitionChecks.distinct("models", models);
    DefinitionChecks.distinct("powertrains", powertrains);
    DefinitionChecks.distinct("plants", plants);
    file("vins", vins);
    DefinitionChecks.distinct("exclude-vins", excludeVins);
    for (String vin : excludeVins) {
      check(
          Vin.isWellFormed(vin),
          "exclude-vins",
          vin,
          "17 digits and capital letters without I, O and Q");
    }
    file("exclude", exclude);
  }

  /** An audience of regions, models and powertrains, without these vehicles. */
  public Audience(
      List<String> regions,
      List<String> models,
      List<Powertrain> powertrains,
      List<String> excludeVins) {
    this(regions, models, powertrains, List.of(), null, null, null, excludeVins, null);
  }

  private static void file(String key, @Nullable String name) {
    if (name != null) {
      check(
          FILE.matcher(name).matches(),
          key,
          name,
          "the name of a .csv or .xlsx file beside the definition");
    }
  }
}
