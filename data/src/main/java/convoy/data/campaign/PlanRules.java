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
   * How many manifests a campaign may issue now.
   *
   * @param definition its canonical JSON
   * @param installed vehicles of the campaign that have the update
   * @param failed those that failed
   * @param silent those that are silent
   * @return {@link Long#MAX_VALUE} without a rate; 0 or less when a limit is used up
   */
  public static long allowance(
      String definition, long installed, long failed, long silent, Rate.Issued issued) {
    Rate rate = rate(JSON.readTree(definition).get("rate"));
    if (rate == null) {
      return Long.MAX_VALUE;
    }
    GateRule gate = GateRule.of(definition);
    return rate.allowance(installed, gate.failures(failed, silent), gate.pauseOnFailure(), issued);
  }

  /** The rate as the canonical JSON has it, and {@link #of} reads it. */
  public static Map<String, Object> content(Rate rate) {
    Map<String, Object> content = new TreeMap<>();
    put(content, "vehiclesPerHour", rate.vehiclesPerHour());
    put(content, "vehiclesPerNight", rate.vehiclesPerNight());
    put(content, "vehiclesPerDay", rate.vehiclesPerDay());
    Rate.Growth growing = rate.growing();
    if (growing != null) {
      Map<String, Object> growth = new TreeMap<>();
      put(growth, "factor", growing.factor());
      put(growth, "add", growing.add());
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
        number(rate, "vehiclesPerHour"),
        number(rate, "vehiclesPerNight"),
        number(rate, "vehiclesPerDay"),
        growing == null ? null : growth(growing));
  }

  private static Rate.Growth growth(JsonNode growing) {
    JsonNode factor = growing.get("factor");
    return new Rate.Growth(
        factor == null ? null : factor.intValue(),
        number(growing, "add"),
        growing.required("every").longValue(),
        growing.required("max").longValue());
  }

  private static @Nullable Long number(JsonNode object, String name) {
    JsonNode number = object.get(name);
    return number == null ? null : number.longValue();
  }

  private static void put(Map<String, Object> content, String name, @Nullable Number number) {
    if (number != null) {
      content.put(name, number);
    }
  }
}
