package convoy.jobs.registerdefinitions;

import convoy.data.campaign.Audience;
import convoy.data.campaign.CampaignDefinition;
import convoy.data.campaign.CampaignWindow;
import convoy.data.campaign.GateRule;
import convoy.data.campaign.PlanRules;
import convoy.data.campaign.Rate;
import convoy.data.campaign.Start;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.preview.PreviewSubject;
import convoy.data.trust.CanonicalJson;
import convoy.readers.definition.CampaignDefinitionReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Registers a campaign, with the digest of its update's content in it: who approves one approves
 * both.
 */
public final class CampaignRegistrar {
  private CampaignRegistrar() {}

  /**
   * Registers the campaign of that file, unless it is registered with the same content.
   *
   * @return the campaign's id when it is new
   * @throws ConvoyException INPUT_REFUSED when the definition is not as it must be, its update is
   *     not registered, or the id is taken by other content
   */
  public static Optional<String> register(FleetStore store, Path yaml, Instant now) {
    CampaignDefinition campaign = CampaignDefinitionReader.read(yaml);
    Definitions.Update update = update(store, yaml, campaign);
    String definition = definition(campaign, update.digest());
    Optional<Campaigns.Campaign> known = Campaigns.find(store, campaign.id());
    if (known.isPresent()) {
      if (known.get().definition().equals(definition)) {
        return Optional.empty();
      }
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "%s: campaign %s is registered with other content, expected a new id for changed content"
              .formatted(yaml.getFileName(), campaign.id()));
    }
    requireInUse(yaml, update);
    Definitions.registerCampaign(store, campaign.id(), definition, now);
    return Optional.of(campaign.id());
  }

  /**
   * What registering that file would keep; it is not registered.
   *
   * @throws ConvoyException as {@link #register} does, save that the id may be taken
   */
  static PreviewSubject read(FleetStore store, Path yaml) {
    CampaignDefinition campaign = CampaignDefinitionReader.read(yaml);
    Definitions.Update update = update(store, yaml, campaign);
    requireInUse(yaml, update);
    return new PreviewSubject(campaign.id(), definition(campaign, update.digest()));
  }

  private static Definitions.Update update(
      FleetStore store, Path yaml, CampaignDefinition campaign) {
    return Definitions.update(store, campaign.update().name(), campaign.update().version())
        .orElseThrow(
            () ->
                new ConvoyException(
                    ErrorCode.INPUT_REFUSED,
                    "%s: update '%s': expected one that is registered, found %s"
                        .formatted(
                            yaml.getFileName(),
                            campaign.update(),
                            Definitions.updates(store).stream()
                                .map(u -> u.name() + " " + u.version())
                                .toList())));
  }

  private static void requireInUse(Path yaml, Definitions.Update update) {
    if (update.withdrawnAt() != null) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "%s: update '%s %s': expected one that is not withdrawn, found withdrawn: %s"
              .formatted(
                  yaml.getFileName(), update.name(), update.version(), update.withdrawnReason()));
    }
  }

  private static String definition(CampaignDefinition campaign, String updateDigest) {
    Map<String, Object> definition = new HashMap<>();
    definition.put("campaign", campaign.id());
    definition.put("title", campaign.title());
    definition.put("author", campaign.author());
    definition.put("urgency", campaign.urgency().name());
    definition.put("priority", campaign.priority());
    definition.put(
        "update",
        Map.of(
            "name", campaign.update().name(),
            "version", campaign.update().version(),
            "digest", updateDigest));
    definition.put("audience", audience(campaign.audience()));
    definition.put("waves", waves(campaign));
    definition.put("gate", gate(campaign.gate()));
    definition.put(
        "retry",
        Map.of(
            "attempts", campaign.retry().attempts(),
            "backoffSeconds", campaign.retry().backoff().toSeconds()));
    definition.put("membership", campaign.membership().name());
    Rate rate = campaign.rate();
    if (rate != null) {
      definition.put("rate", PlanRules.content(rate));
    }
    if (campaign.start() == Start.MANUAL) {
      definition.put("start", campaign.start().name());
    }
    CampaignWindow window = campaign.window();
    if (window != null) {
      definition.put(
          "window", Map.of("begins", window.begins().toString(), "ends", window.ends().toString()));
    }
    return new String(CanonicalJson.encode(definition), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> audience(Audience audience) {
    return Map.of(
        "regions", audience.regions(),
        "models", audience.models(),
        "powertrains", audience.powertrains().stream().map(Enum::name).toList(),
        "excludedVins", audience.excludeVins());
  }

  private static List<Map<String, String>> waves(CampaignDefinition campaign) {
    return campaign.waves().stream()
        .map(wave -> Map.of("name", wave.name(), "size", wave.size().toString()))
        .toList();
  }

  private static Map<String, Object> gate(GateRule gate) {
    return Map.of(
        "success", gate.success().basisPoints(),
        "pauseOnFailure", gate.pauseOnFailure().basisPoints(),
        "abortOnFailure", gate.abortOnFailure().basisPoints(),
        "minimumReports", gate.minimumReports(),
        "silentAfterSeconds", gate.silentAfter().toSeconds());
  }
}
