package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.trust.Fields;
import convoy.data.trust.SignedDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the targets file of a manifest says of itself before anything of it was checked: what a
 * vehicle that refuses it reports about. Nothing else may rest on it.
 *
 * @param issuedAt when it says that it was issued
 * @param parts for each campaign that it names images for; its own first
 */
public record ManifestClaims(long version, Instant issuedAt, List<Part> parts) {

  /**
   * What it claims to ask for one campaign.
   *
   * @param targets in the order of their images' names
   */
  public record Part(String campaign, int wave, int attempt, List<Target> targets) {
    public Part {
      targets = List.copyOf(targets);
    }
  }

  /** One ECU and what it would get. */
  public record Target(String module, String ecuSerial, String hardwareId, String version) {}

  public ManifestClaims {
    parts = List.copyOf(parts);
  }

  /**
   * Reads them. Images for a campaign that it does not say the attempt of are taken for its own.
   *
   * @throws ConvoyException NOT_TRUSTED when the file does not say for which attempt it is
   */
  public static ManifestClaims read(ManifestBundle bundle) {
    Fields signed =
        SignedDocument.parse(
                bundle.targets(), bundle.vin() + "/" + ManifestBundle.targetsFile(bundle.version()))
            .signed();
    Fields custom = signed.object("custom");
    String own = custom.text("campaign");
    Map<String, Fields> saying = new LinkedHashMap<>(Map.of(own, custom));
    if (custom.values().get("carried") instanceof List<?> carried) {
      for (Object part : carried) {
        if (part instanceof Map<?, ?> values) {
          Fields fields = new Fields(custom.where() + ".carried", values);
          saying.putIfAbsent(fields.text("campaign"), fields);
        }
      }
    }
    Map<String, List<Target>> targets = targets(signed.object("targets"), own, saying.keySet());
    List<Part> parts = new ArrayList<>();
    saying.forEach(
        (campaign, part) ->
            parts.add(
                new Part(
                    campaign,
                    part.smallInteger("wave", 0),
                    part.smallInteger("attempt", 0),
                    targets.getOrDefault(campaign, List.of()))));
    parts.removeIf(part -> part.targets().isEmpty());
    return new ManifestClaims(signed.integer("version", 1), custom.time("issuedAt"), parts);
  }

  private static Map<String, List<Target>> targets(
      Fields entries, String own, Set<String> campaigns) {
    Map<String, List<Target>> targets = new HashMap<>();
    for (String name : entries.names()) {
      Fields custom = entries.object(name).object("custom");
      String campaign = TargetsContent.campaign(custom);
      List<Target> of =
          targets.computeIfAbsent(
              campaigns.contains(campaign) ? campaign : own, c -> new ArrayList<>());
      Fields ecus = custom.object("ecuIdentifiers");
      for (String serial : ecus.names()) {
        of.add(
            new Target(
                custom.text("module"),
                serial,
                ecus.object(serial).text("hardwareId"),
                custom.text("version")));
      }
    }
    return targets;
  }
}
