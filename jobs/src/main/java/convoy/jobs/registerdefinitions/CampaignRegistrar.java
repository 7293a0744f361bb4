package convoy.jobs.registerdefinitions;

import convoy.data.campaign.CampaignDefinition;
import convoy.data.campaign.CampaignWindow;
import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.PlanRules;
import convoy.data.campaign.PlannedEnd;
import convoy.data.campaign.Rate;
import convoy.data.campaign.Start;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.preview.PreviewSubject;
import convoy.data.trust.CanonicalJson;
import convoy.jobs.registerdefinitions.UpdateRegistrar.Outcome;
import convoy.jobs.registerdefinitions.UpdateRegistrar.Result;
import convoy.readers.definition.CampaignDefinitionReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Registers a campaign, with the digest of its update's content in it: who approves one approves
 * both.
 */
public final class CampaignRegistrar {
  private CampaignRegistrar() {}

  /**
   * Registers the campaign of that file, unless it is registered with the same content.
   *
   * @param zone by whose clock it ends: the schedule's
   * @throws AudienceCheck.Unconfirmed when it is for more of the fleet than the check lets pass
   * @throws ConvoyException INPUT_REFUSED when the definition or a list of VINs is not as it must
   *     be, its update is not registered, the id is taken by other content, its end is past, or it
   *     is for nobody
   */
  public static Result register(
      FleetStore store, Path yaml, AudienceCheck check, ZoneId zone, Instant now) {
    CampaignDefinition campaign = CampaignDefinitionReader.read(yaml);
    Definitions.Update update = update(store, yaml, campaign);
    Optional<Campaigns.Campaign> known = Campaigns.find(store, campaign.id());
    AudienceContent audience =
        AudienceContent.of(
            yaml, campaign.audience(), known.map(Campaigns.Campaign::definition).orElse(null));
    Optional<PlannedEnd> end =
        end(campaign, known.map(Campaigns.Campaign::definition).orElse(null), zone);
    String definition = definition(campaign, audience, end, update.digest());
    if (known.isPresent()) {
      if (known.get().definition().equals(definition)) {
        return new Result(campaign.id(), Outcome.KNOWN, List.of());
      }
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "%s: campaign %s is registered with other content, expected a new id for changed content"
              .formatted(yaml.getFileName(), campaign.id()));
    }
    requireInUse(yaml, update);
    requireToCome(yaml, end, now);
    List<String> warnings = new ArrayList<>();
    Definitions.registerCampaign(
        store,
        campaign.id(),
        definition,
        audience.lists(),
        size -> {
          check.require(String.valueOf(yaml.getFileName()), size);
          warnings.addAll(size.warnings());
        },
        now);
    return new Result(campaign.id(), Outcome.REGISTERED, warnings);
  }

  /**
   * What registering that file would keep; it is not registered.
   *
   * @throws ConvoyException as {@link #register} does, save that the id may be taken
   */
  static PreviewSubject read(FleetStore store, Path yaml, ZoneId zone, Instant now) {
    CampaignDefinition campaign = CampaignDefinitionReader.read(yaml);
    Definitions.Update update = update(store, yaml, campaign);
    requireInUse(yaml, update);
    @Nullable String known =
        Campaigns.find(store, campaign.id()).map(Campaigns.Campaign::definition).orElse(null);
    AudienceContent audience = AudienceContent.of(yaml, campaign.audience(), known);
    Optional<PlannedEnd> end = end(campaign, known, zone);
    requireToCome(yaml, end, now);
    return new PreviewSubject(
        campaign.id(), definition(campaign, audience, end, update.digest()), audience.lists());
  }

  /**
   * The end with its time zone. A campaign that is registered keeps the zone that it was registered
   * with, so that the same file stays the same definition when the settings change.
   */
  private static Optional<PlannedEnd> end(
      CampaignDefinition campaign, @Nullable String known, ZoneId zone) {
    ZoneId kept =
        Optional.ofNullable(known).flatMap(PlannedEnd::of).map(PlannedEnd::zone).orElse(zone);
    return Optional.ofNullable(campaign.ends())
        .map(end -> new PlannedEnd(end.at(), kept, end.then()));
  }

  private static void requireToCome(Path yaml, Optional<PlannedEnd> end, Instant now) {
    if (end.isPresent() && end.get().isPast(now)) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "%s: ends.at '%s': expected a time that is to come in %s, where it is %s"
              .formatted(
                  yaml.getFileName(),
                  end.get().at(),
                  end.get().zone(),
                  LocalDateTime.ofInstant(now, end.get().zone()).truncatedTo(ChronoUnit.MINUTES)));
    }
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

  private static String definition(
      CampaignDefinition campaign,
      AudienceContent audience,
      Optional<PlannedEnd> end,
      String updateDigest) {
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
    definition.put("audience", audience.json());
    definition.put("waves", waves(campaign));
    definition.put("gate", campaign.gate().content());
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
    definition.putAll(campaign.owner().content());
    if (campaign.owner().consent().equals(OwnerConsent.DEFAULT)) {
      // As with start: what goes without saying is not said.
      definition.remove("consent");
    }
    end.ifPresent(e -> definition.put("ends", e.content()));
    campaign.rollback().content().ifPresent(rule -> definition.put("rollback", rule));
    return new String(CanonicalJson.encode(definition), StandardCharsets.UTF_8);
  }

  private static List<Map<String, String>> waves(CampaignDefinition campaign) {
    return campaign.waves().stream()
        .map(wave -> Map.of("name", wave.name(), "size", wave.size().toString()))
        .toList();
  }
}
