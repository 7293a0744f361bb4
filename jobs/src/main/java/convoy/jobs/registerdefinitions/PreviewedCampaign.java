package convoy.jobs.registerdefinitions;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Waves;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.preview.PreviewSubject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/** Finds the campaign that a person wants to preview. */
public final class PreviewedCampaign {
  private PreviewedCampaign() {}

  /**
   * A registered campaign by its id, or the definition in a file, which need not be registered.
   *
   * @param named an id, or a path that ends in {@code .yaml} or {@code .yml}
   * @param zone by whose clock a campaign ends: the schedule's
   * @throws ConvoyException USAGE when there is no such campaign or its waves are planned already;
   *     INPUT_REFUSED when the file could not be registered
   */
  public static PreviewSubject find(FleetStore store, String named, ZoneId zone, Instant now) {
    PreviewSubject subject =
        named.endsWith(".yaml") || named.endsWith(".yml")
            ? CampaignRegistrar.read(store, Path.of(named), zone, now)
            : registered(store, named);
    Campaigns.find(store, subject.campaign())
        .ifPresent(campaign -> requireUnplanned(store, campaign));
    return subject;
  }

  private static PreviewSubject registered(FleetStore store, String id) {
    return Campaigns.find(store, id)
        .map(campaign -> new PreviewSubject(campaign.id(), campaign.definition(), Map.of()))
        .orElseThrow(
            () ->
                new ConvoyException(
                    ErrorCode.USAGE,
                    "campaign '%s': found none of that id, expected a file such as my-campaign.yaml, or one of %s"
                        .formatted(
                            id,
                            Campaigns.all(store).stream().map(Campaigns.Campaign::id).toList())));
  }

  private static void requireUnplanned(FleetStore store, Campaigns.Campaign campaign) {
    if (Waves.isPlanned(store, campaign.id())) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "campaign %s is %s and its waves are planned, expected one that is not planned yet; './convoy campaign status %s' says where it stands"
              .formatted(campaign.id(), campaign.state(), campaign.id()));
    }
  }
}
