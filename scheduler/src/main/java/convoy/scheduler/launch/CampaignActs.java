package convoy.scheduler.launch;

import convoy.config.Home;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.status.CampaignTrigger;
import convoy.data.trust.Approval;
import convoy.jobs.trust.Operators;
import convoy.jobs.trust.TrustCheck;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What people do to campaigns. */
public final class CampaignActs {
  private CampaignActs() {}

  /**
   * The campaign of that id.
   *
   * @throws ConvoyException USAGE when there is none
   */
  public static Campaigns.Campaign find(FleetStore store, String id) {
    return Campaigns.require(store, id);
  }

  /**
   * Signs the approval of a submitted campaign, over exactly what the store holds of it and of its
   * update.
   *
   * @throws ConvoyException USAGE when it is not submitted; NOT_TRUSTED when the approver is its
   *     author, or the store's rows are not those of its definition
   */
  public static void approve(Home home, FleetStore store, String id, String approver, Instant now)
      throws IOException {
    Campaigns.Campaign campaign = find(store, id);
    if (!campaign.state().equals("SUBMITTED")) {
      throw new ConvoyException(
          ErrorCode.USAGE, "campaign %s is %s, expected SUBMITTED".formatted(id, campaign.state()));
    }
    Optional<String> alteration = Definitions.alteration(store, campaign);
    if (alteration.isPresent()) {
      throw new ConvoyException(ErrorCode.NOT_TRUSTED, id + ": " + alteration.get());
    }
    Approval approval =
        new Approval(
            id,
            campaign.digest(),
            campaign.author(),
            approver,
            now.truncatedTo(ChronoUnit.SECONDS));
    byte[] signed = approval.sign(new Operators(home.keys()).signingKey(approver));
    AtomicFiles.write(TrustCheck.approvalFile(home.campaigns(), id), signed);
    Campaigns.change(store, id, CampaignTrigger.APPROVE, "approved by " + approver, now);
  }
}
