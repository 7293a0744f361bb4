package convoy.readers.definition;

import static convoy.readers.definition.Definitions.allIfAbsent;
import static convoy.readers.definition.Definitions.noneIfAbsent;

import convoy.config.Located;
import convoy.config.StrictYaml;
import convoy.data.campaign.Audience;
import convoy.data.campaign.BuiltDates;
import convoy.data.campaign.CampaignDefinition;
import convoy.data.campaign.CampaignEnd;
import convoy.data.campaign.CampaignWindow;
import convoy.data.campaign.GateFact;
import convoy.data.campaign.GateRule;
import convoy.data.campaign.Membership;
import convoy.data.campaign.Notification;
import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.OwnerTerms;
import convoy.data.campaign.Rate;
import convoy.data.campaign.RetryRule;
import convoy.data.campaign.RollbackRule;
import convoy.data.campaign.Share;
import convoy.data.campaign.SilentVehicles;
import convoy.data.campaign.Start;
import convoy.data.campaign.StopOn;
import convoy.data.campaign.Threshold;
import convoy.data.campaign.Urgency;
import convoy.data.campaign.WaveRule;
import convoy.data.campaign.WaveSize;
import convoy.data.campaign.filter.Filter;
import convoy.data.update.UpdateRef;
import convoy.data.vehicle.Powertrain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a campaign definition. Its update and its lists of VINs are not looked at. */
public final class CampaignDefinitionReader {
  private record CampaignFile(
      String campaign,
      String title,
      UpdateRef update,
      String author,
      Urgency urgency,
      int priority,
      @Nullable Located<AudienceFile> audience,
      List<Located<WaveFile>> waves,
      Located<GateFile> gate,
      RetryRule retry,
      @Nullable Membership membership,
      @Nullable Rate rate,
      @Nullable Start start,
      @Nullable CampaignWindow window,
      @Nullable OwnerConsent consent,
      @Nullable Notification notification,
      @Nullable CampaignEnd ends,
      @Nullable Located<RollbackFile> rollback) {}

  private record RollbackFile(
      RollbackRule.When when,
      @Nullable List<String> onlyCodes,
      @Nullable List<String> exceptCodes) {}

  private record AudienceFile(
      @Nullable List<String> regions,
      @Nullable List<String> models,
      @Nullable List<Powertrain> powertrains,
      @Nullable List<String> plants,
      @Nullable BuiltDates built,
      @Nullable Filter filter,
      @Nullable String vins,
      @Nullable List<String> excludeVins,
      @Nullable String exclude) {}

  private record WaveFile(String name, @Nullable String share, @Nullable Long vehicles) {}

  private record GateFile(
      Threshold success,
      Threshold pauseOnFailure,
      Threshold abortOnFailure,
      int minimumReports,
      Duration silentAfter,
      @Nullable SilentVehicles silent,
      @Nullable Duration soak,
      @Nullable List<StopOn> stopOn,
      @Nullable List<GateFact> by) {}

  private CampaignDefinitionReader() {}

  /**
   * Reads one file.
   *
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED, with file, line and column, when it is
   *     not a definition or a rule of {@link CampaignDefinition} does not hold
   */
  public static CampaignDefinition read(Path yaml) {
    return Definitions.refusingInput(
        () -> definition(StrictYaml.readLocated(yaml, CampaignFile.class)));
  }

  /**
   * Reads text that is already in memory; {@code file} is its name in messages.
   *
   * @throws convoy.data.error.ConvoyException as {@link #read(Path)} does
   */
  public static CampaignDefinition read(String file, String text) {
    return Definitions.refusingInput(
        () -> definition(StrictYaml.readLocated(file, text, CampaignFile.class)));
  }

  private static CampaignDefinition definition(Located<CampaignFile> root) {
    Located<AudienceFile> audienceFile = root.value().audience();
    Audience audience =
        audienceFile == null
            ? Audience.EVERYONE
            : Definitions.make(audienceFile, CampaignDefinitionReader::audience);
    List<WaveRule> waves =
        root.value().waves().stream()
            .map(wave -> Definitions.make(wave, CampaignDefinitionReader::wave))
            .toList();
    Located<RollbackFile> rollbackFile = root.value().rollback();
    RollbackRule rollback =
        rollbackFile == null
            ? RollbackRule.NEVER
            : Definitions.make(rollbackFile, CampaignDefinitionReader::rollback);
    GateRule gate = Definitions.make(root.value().gate(), CampaignDefinitionReader::gate);
    return Definitions.make(
        root,
        c ->
            new CampaignDefinition(
                c.campaign(),
                c.title(),
                c.update(),
                c.author(),
                c.urgency(),
                c.priority(),
                audience,
                waves,
                gate,
                c.retry(),
                c.membership() == null ? Membership.OPEN : c.membership(),
                c.rate(),
                c.start() == null ? Start.AUTOMATIC : c.start(),
                c.window(),
                new OwnerTerms(
                    c.consent() == null ? OwnerConsent.DEFAULT : c.consent(), c.notification()),
                c.ends(),
                rollback));
  }

  private static Audience audience(AudienceFile a) {
    return new Audience(
        allIfAbsent("regions", a.regions()),
        allIfAbsent("models", a.models()),
        allIfAbsent("powertrains", a.powertrains()),
        allIfAbsent("plants", a.plants()),
        a.built(),
        a.filter(),
        a.vins(),
        a.excludeVins() == null ? List.of() : a.excludeVins(),
        a.exclude());
  }

  private static RollbackRule rollback(RollbackFile r) {
    return new RollbackRule(
        r.when(),
        allIfAbsent("only-codes", r.onlyCodes()),
        allIfAbsent("except-codes", r.exceptCodes()));
  }

  private static GateRule gate(GateFile g) {
    return new GateRule(
        g.success(),
        g.pauseOnFailure(),
        g.abortOnFailure(),
        g.minimumReports(),
        g.silentAfter(),
        g.silent() == null ? SilentVehicles.FAILED : g.silent(),
        g.soak(),
        noneIfAbsent("stop-on", g.stopOn()),
        noneIfAbsent("by", g.by()));
  }

  private static WaveRule wave(WaveFile w) {
    if ((w.share() == null) == (w.vehicles() == null)) {
      throw new IllegalArgumentException(
          "wave '%s': expected either 'share' or 'vehicles'".formatted(w.name()));
    }
    return new WaveRule(w.name(), size(w));
  }

  private static WaveSize size(WaveFile w) {
    if (w.vehicles() != null) {
      return new WaveSize.Vehicles(w.vehicles());
    }
    String share = String.valueOf(w.share());
    if (share.equals("rest")) {
      return new WaveSize.Rest();
    }
    return new WaveSize.Part(parse(share));
  }

  private static Share parse(String share) {
    try {
      return Share.parse(share);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("share " + e.getMessage() + ", or rest", e);
    }
  }
}
