package convoy.jobs.trust;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.SignedActs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.CampaignTrigger;
import convoy.data.trust.Consent;
import convoy.data.trust.SignedAct;
import convoy.data.trust.SignedAct.Kind;
import convoy.data.trust.SignedAct.Verified;
import convoy.data.trust.Trust;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people sign of updates and campaigns; each act is checked as it will be before issuing. */
public final class CampaignSigning {
  private final FleetStore store;
  private final Trust trust;
  private final Consent consent;
  private final Instant now;

  /**
   * @param trust the trust root as it is now
   */
  public CampaignSigning(FleetStore store, Trust trust, Instant now) {
    this.store = store;
    this.trust = trust;
    this.consent = new Consent(trust, now);
    this.now = now;
  }

  /** How many people have approved a campaign, and how many must. */
  public record Approvals(int given, int needed) {
    public boolean areEnough() {
      return given >= needed;
    }
  }

  /**
   * An engineer signs a registered update.
   *
   * @return whether it was not signed before
   * @throws ConvoyException NOT_TRUSTED when its rows are not those of its definition
   */
  public boolean signUpdate(Actor engineer, Definitions.Update update) {
    require(Definitions.alteration(store, update));
    if (UpdateConsent.problem(consent, store, update).isEmpty()) {
      return false;
    }
    SignedAct act =
        act(
            Kind.REGISTERED,
            SignedAct.ofUpdate(update.name(), update.version()),
            update.digest(),
            null,
            engineer,
            "");
    SignedActs.registered(store, act, act.sign(engineer.key()), now);
    return true;
  }

  /**
   * A manager submits a draft for approval.
   *
   * @throws ConvoyException USAGE when it is no draft; NOT_TRUSTED when its update is not signed,
   *     its author is not known, or its rows are not those of its definition
   */
  public void submit(Actor manager, Campaigns.Campaign campaign) {
    Campaigns.requireMay(campaign, CampaignTrigger.SUBMIT);
    require(Definitions.alteration(store, campaign));
    require(UpdateConsent.problem(consent, store, UpdateConsent.update(store, campaign)));
    consent.requireKnownAuthor(campaign.author());
    keep(
        onCampaign(Kind.SUBMITTED, campaign, null, manager, ""),
        manager,
        campaign,
        CampaignTrigger.SUBMIT,
        "submitted by " + manager.name() + ", waits for its approval");
  }

  /**
   * Someone else approves a submitted campaign, over exactly what the store holds of it and of its
   * update.
   *
   * @throws ConvoyException USAGE when it is not submitted, or the operator has approved it before;
   *     NOT_TRUSTED when the approver is its author or submitted it, or something was altered
   */
  public Approvals approve(Actor approver, Campaigns.Campaign campaign) {
    Campaigns.requireMay(campaign, CampaignTrigger.APPROVE);
    require(Definitions.alteration(store, campaign));
    Consent.Content content = UpdateConsent.content(store, campaign);
    List<Consent.Kept> acts = acts(campaign);
    Verified submitted = consent.submission(content, acts);
    consent.requireOther(
        approver.name(), campaign.author(), submitted, "approval of " + campaign.id());
    Set<String> before = consent.approvers(content, acts);
    if (before.contains(approver.name())) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "campaign %s is approved by %s already, expected someone else"
              .formatted(campaign.id(), approver.name()));
    }
    Approvals approvals = new Approvals(before.size() + 1, trust.approvalsFor(content.category()));
    keep(
        onCampaign(Kind.APPROVED, campaign, submitted.id(), approver, ""),
        approver,
        campaign,
        approvals.areEnough() ? CampaignTrigger.APPROVE : CampaignTrigger.APPROVE_IN_PART,
        approvals.areEnough()
            ? "approved by " + names(before, approver)
            : "approved by %s, waits for %d more"
                .formatted(names(before, approver), approvals.needed() - approvals.given()));
    return approvals;
  }

  private static String names(Set<String> before, Actor last) {
    return before.isEmpty() ? last.name() : String.join(", ", before) + ", " + last.name();
  }

  /**
   * Someone who might approve a campaign sends it back to be submitted anew.
   *
   * @param reason one line
   * @throws ConvoyException USAGE when it is neither submitted nor approved, or has ended
   */
  public void reject(Actor approver, Campaigns.Campaign campaign, String reason) {
    Campaigns.requireMay(campaign, CampaignTrigger.SEND_BACK);
    Consent.Content content = UpdateConsent.content(store, campaign);
    Verified submitted = consent.submission(content, acts(campaign));
    keep(
        onCampaign(Kind.REJECTED, campaign, submitted.id(), approver, reason),
        approver,
        campaign,
        CampaignTrigger.SEND_BACK,
        "sent back by " + approver.name() + ": " + reason);
  }

  private List<Consent.Kept> acts(Campaigns.Campaign campaign) {
    return SignedActs.of(store, SignedAct.ofCampaign(campaign.id()));
  }

  private SignedAct act(
      Kind kind,
      String subject,
      String digest,
      @Nullable String answers,
      Actor actor,
      String reason) {
    Instant at = now.truncatedTo(ChronoUnit.SECONDS);
    return new SignedAct(kind, subject, digest, answers, actor.name(), at, reason);
  }

  private SignedAct onCampaign(
      Kind kind,
      Campaigns.Campaign campaign,
      @Nullable String answers,
      Actor actor,
      String reason) {
    String subject = SignedAct.ofCampaign(campaign.id());
    return act(kind, subject, campaign.digest(), answers, actor, reason);
  }

  private void keep(
      SignedAct act,
      Actor actor,
      Campaigns.Campaign campaign,
      CampaignTrigger trigger,
      String reason) {
    SignedAct own = unlike(acts(campaign), act, actor);
    SignedActs.onCampaign(store, campaign.id(), own, own.sign(actor.key()), trigger, reason, now);
  }

  /**
   * What is submitted again within a second would be the same document as before, and the answers
   * to that one its own: it is given the next second.
   */
  private static SignedAct unlike(List<Consent.Kept> kept, SignedAct act, Actor actor) {
    SignedAct own = act;
    while (isAmong(kept, own.sign(actor.key()))) {
      own =
          new SignedAct(
              act.kind(),
              act.subject(),
              act.digest(),
              act.answers(),
              act.operator(),
              own.at().plusSeconds(1),
              act.reason());
    }
    return own;
  }

  private static boolean isAmong(List<Consent.Kept> kept, String document) {
    return kept.stream().anyMatch(act -> act.document().equals(document));
  }

  private static void require(Optional<String> problem) {
    if (problem.isPresent()) {
      throw new ConvoyException(ErrorCode.NOT_TRUSTED, problem.get());
    }
  }
}
