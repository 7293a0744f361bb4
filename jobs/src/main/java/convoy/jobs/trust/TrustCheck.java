package convoy.jobs.trust;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.SignedActs;
import convoy.data.error.ConvoyException;
import convoy.data.trust.Consent;
import convoy.data.trust.SignedAct;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.registerdefinitions.KeptKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a campaign may issue manifests (rule 5 of ARCHITECTURE.md): an engineer, a
 * manager and enough approvers must have signed exactly the content that the store works with, with
 * keys that the trust root says are theirs. The store's own word is not enough.
 */
public final class TrustCheck {
  private final TrustRoot root;
  private final ModuleCatalog modules;
  private final Clock clock;

  /**
   * @param modules as the settings have them now
   */
  public TrustCheck(TrustRoot root, ModuleCatalog modules, Clock clock) {
    this.root = root;
    this.modules = modules;
    this.clock = clock;
  }

  /** Why the campaign may not issue manifests, as a sentence; empty when it may. */
  public Optional<String> problem(FleetStore store, Campaigns.Campaign campaign) {
    Optional<String> alteration = Definitions.alteration(store, campaign);
    if (alteration.isPresent()) {
      return alteration;
    }
    Definitions.Update update = UpdateConsent.update(store, campaign);
    return KeptKeys.problem(update.definition(), modules)
        .or(() -> SignedActs.missingRejection(store, campaign.id()))
        .or(() -> consentProblem(store, campaign, update));
  }

  /** Why no image of the update may be installed, as a sentence; empty when they may. */
  public Optional<String> problem(FleetStore store, Definitions.Update update) {
    return Definitions.alteration(store, update)
        .or(() -> KeptKeys.problem(update.definition(), modules))
        .or(() -> signatureProblem(store, update));
  }

  private Optional<String> signatureProblem(FleetStore store, Definitions.Update update) {
    Instant now = clock.instant();
    try {
      return UpdateConsent.problem(new Consent(root.load(store, now).trust(), now), store, update);
    } catch (ConvoyException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> consentProblem(
      FleetStore store, Campaigns.Campaign campaign, Definitions.Update update) {
    Instant now = clock.instant();
    try {
      Consent consent = new Consent(root.load(store, now).trust(), now);
      Optional<String> unsigned = UpdateConsent.problem(consent, store, update);
      if (unsigned.isPresent()) {
        return unsigned;
      }
      consent.requireApproved(
          UpdateConsent.content(store, campaign),
          SignedActs.of(store, SignedAct.ofCampaign(campaign.id())));
      return Optional.empty();
    } catch (ConvoyException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
