package convoy.jobs.registerdefinitions;

import convoy.config.ConvoySettings;
import convoy.data.campaign.AudienceSize;
import convoy.data.campaign.Share;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;

/** Whether a campaign may be for as many vehicles as it is. */
public record AudienceCheck(AudienceSize.Limit limit, Confirmation confirmation) {
  /** Whether someone has said that an audience above the limit is meant so. */
  public enum Confirmation {
    GIVEN,
    MISSING
  }

  /** The limit of the settings. */
  public static AudienceCheck of(ConvoySettings settings, Confirmation confirmation) {
    ConvoySettings.Campaign campaign = settings.campaign();
    return new AudienceCheck(
        new AudienceSize.Limit(
            new Share(campaign.maxShare().basisPoints()), campaign.maxShareFrom()),
        confirmation);
  }

  /** The campaign waits for someone's word; nothing is wrong with it. */
  public static final class Unconfirmed extends ConvoyException {
    private static final long serialVersionUID = 1L;

    private final String what;

    Unconfirmed(String what) {
      super(ErrorCode.INPUT_REFUSED, what + ": expected someone to confirm it with --yes");
      this.what = what;
    }

    /** What has to be confirmed, as a sentence. */
    public String what() {
      return what;
    }
  }

  /**
   * Lets a campaign pass that may be for these vehicles.
   *
   * @param where the campaign or its file, for messages
   * @throws Unconfirmed when it is for more than the limit, and no one has confirmed that
   * @throws ConvoyException INPUT_REFUSED when it is for nobody, or for a list that nobody is on
   */
  public void require(String where, AudienceSize size) {
    size.problem()
        .ifPresent(
            problem -> {
              throw new ConvoyException(ErrorCode.INPUT_REFUSED, where + ": " + problem);
            });
    if (confirmation == Confirmation.MISSING) {
      size.excess(limit)
          .ifPresent(
              excess -> {
                throw new Unconfirmed(where + ": " + excess);
              });
    }
  }
}
