package convoy.scheduler.launch;

import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.jobs.trust.CampaignSigning;
import convoy.jobs.trust.TrustRoot;
import java.time.Instant;

/** What people do to campaigns. */
public final class CampaignActs {
  private CampaignActs() {}

  /**
   * What people sign, by the trust root as it is now.
   *
   * @throws ConvoyException NOT_TRUSTED when the trust root does not hold
   */
  public static CampaignSigning signing(TrustRoot root, FleetStore store, Instant now) {
    return new CampaignSigning(store, root.load(store, now).trust(), now);
  }
}
