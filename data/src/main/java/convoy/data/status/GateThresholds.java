package convoy.data.status;

import convoy.data.campaign.GateRule;
import convoy.data.campaign.OwnerConsent.Mode;
import convoy.data.campaign.OwnerTerms;

/**
 * When the gates of a campaign open or stop.
 *
 * @param goal what a vehicle has to do to count as one that did it
 */
public record GateThresholds(GateRule rule, Goal goal) {
  /** What a campaign asks of a vehicle. */
  public enum Goal {
    INSTALLED("installed"),
    DOWNLOADED("downloaded");

    private final String word;

    Goal(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * Those of the campaign with that definition, canonical JSON.
   *
   * @throws convoy.data.error.ConvoyException NOT_TRUSTED when it is not as a registered one is
   */
  public static GateThresholds of(String definition) {
    return new GateThresholds(
        GateRule.of(definition),
        OwnerTerms.of(definition).consent().mode() == Mode.DOWNLOAD_ONLY
            ? Goal.DOWNLOADED
            : Goal.INSTALLED);
  }
}
