package convoy.jobs.trust;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.SignedActs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Consent;
import convoy.data.trust.SignedAct;
import convoy.data.update.UpdateCategory;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What consent to a campaign rests on of its update. */
public final class UpdateConsent {
  private static final JsonMapper JSON = new JsonMapper();

  private UpdateConsent() {}

  /** Why no engineer's signature on the update holds, as a sentence; empty when one does. */
  public static Optional<String> problem(
      Consent consent, FleetStore store, Definitions.Update update) {
    try {
      consent.requireRegistered(
          update.name(),
          update.version(),
          update.digest(),
          SignedActs.of(store, SignedAct.ofUpdate(update.name(), update.version())));
      return Optional.empty();
    } catch (ConvoyException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The update of a campaign. */
  static Definitions.Update update(FleetStore store, Campaigns.Campaign campaign) {
    return Definitions.update(store, campaign.updateName(), campaign.updateVersion())
        .orElseThrow(
            () ->
                new ConvoyException(
                    ErrorCode.NOT_TRUSTED,
                    "update %s %s is not registered"
                        .formatted(campaign.updateName(), campaign.updateVersion())));
  }

  /** What people consent to; the category is that of the update's signed definition. */
  static Consent.Content content(FleetStore store, Campaigns.Campaign campaign) {
    String category =
        JSON.readTree(update(store, campaign).definition()).get("category").asString();
    return new Consent.Content(
        campaign.id(), campaign.digest(), campaign.author(), UpdateCategory.valueOf(category));
  }
}
