package convoy.data.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a registered definition says of the plan.
 *
 * @param rate null: as many a day as there are
 */
public record PlanRules(List<WaveRule> waves, Membership membership, @Nullable Rate rate) {
  private static final JsonMapper JSON = new JsonMapper();

  public PlanRules {
    waves = List.copyOf(waves);
  }

  /** Reads a campaign's canonical JSON. */
  public static PlanRules of(String definition) {
    JsonNode campaign = JSON.readTree(definition);
    List<WaveRule> waves = new ArrayList<>();
    for (JsonNode wave : campaign.required("waves")) {
      waves.add(
          new WaveRule(
              wave.required("name").asString(), WaveSize.parse(wave.required("size").asString())));
    }
    return new PlanRules(
        waves,
        Membership.valueOf(campaign.required("membership").asString()),
        rate(campaign.get("rate")));
  }

  /**
   * How many manifests a campaign may issue on this day.
   *
   * @param definition its canonical JSON
   * @param installed vehicles of the campaign that have the update
   * @param bad those that failed or are silent
   * @return {@link Long#MAX_VALUE} without a rate
   */
  public static long perDay(String definition, long installed, long bad) {
    JsonNode campaign = JSON.readTree(definition);
    Rate rate = rate(campaign.get("rate"));
    return rate == null
        ? Long.MAX_VALUE
        : rate.perDay(
            installed,
            bad,
            new Share(campaign.required("gate").required("pauseOnFailure").intValue()));
  }

  /** The rate as the canonical JSON has it, and {@link #of} reads it. */
  public static Map<String, Object> content(Rate rate) {
    Map<String, Object> content = new TreeMap<>();
    content.put("vehiclesPerDay", rate.vehiclesPerDay());
    Rate.Growth growing = rate.growing();
    if (growing != null) {
      Map<String, Object> growth = new TreeMap<>();
      if (growing.factor() != null) {
        growth.put("factor", growing.factor());
      }
      if (growing.add() != null) {
        growth.put("add", growing.add());
      }
      growth.put("every", growing.every());
      growth.put("max", growing.max());
      content.put("growing", growth);
    }
    return content;
  }

  private static @Nullable Rate rate(@Nullable JsonNode rate) {
    if (rate == null) {
      return null;
    }
    JsonNode growing = rate.get("growing");
    return new Rate(
        rate.required("vehiclesPerDay").longValue(), growing == null ? null : growth(growing));
  }

  private static Rate.Growth growth(JsonNode growing) {
    JsonNode factor = growing.get("factor");
    JsonNode add = growing.get("add");
    return new Rate.Growth(
        factor == null ? null : factor.intValue(),
        add == null ? null : add.longValue(),
        growing.required("every").longValue(),
        growing.required("max").longValue());
  }
}
