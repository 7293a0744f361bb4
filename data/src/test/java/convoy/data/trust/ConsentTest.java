package convoy.data.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.trust.SignedAct.Kind;
import convoy.data.update.UpdateCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ann writes and submits, Ben and Cho approve, Dan is an engineer and an administrator. */
class ConsentTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:30:00Z");
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(30));
  private static final String DIGEST = "a".repeat(64);
  private static final Consent.Content CAMPAIGN =
      new Consent.Content("bms", DIGEST, "ann", UpdateCategory.SECURITY);
  private static final Map<String, SigningKey> KEYS = new TreeMap<>();

  private static final Trust TRUST =
      Trust.first(
          List.of(
              operator("ann", Role.CAMPAIGN_MANAGER, Role.APPROVER),
              operator("ben", Role.APPROVER),
              operator("cho", Role.APPROVER),
              operator("dan", Role.ENGINEER, Role.ADMINISTRATOR)),
          NOW,
          NOW.plus(Duration.ofDays(730)));

  private final List<Consent.Kept> acts = new ArrayList<>();

  private static Operator operator(String name, Role first, Role... more) {
    SigningKey key = SigningKey.generate();
    KEYS.put(name, key);
    return new Operator(
        name,
        EnumSet.of(first, more),
        List.of(new OperatorKey(key.publicKey(), UNTIL, null)),
        Set.of());
  }

  @Test
  void anotherPersonsApprovalOfThisContentIsEnough() {
    approved(submitted("ann"), "ben");
    new Consent(TRUST, NOW).requireApproved(CAMPAIGN, acts);
    assertThat(new Consent(TRUST, NOW).approvers(CAMPAIGN, acts)).containsExactly("ben");
  }

  @Test
  void aCategoryCanNeedTwoPeople() {
    Trust two = TrustChanges.rules(TRUST, 1, Map.of(UpdateCategory.SECURITY, 2), NOW);
    String submission = submitted("ann");
    approved(submission, "ben");
    approved(submission, "ben");
    refused(
        two,
        NOW,
        "campaign bms is approved by 1 people [ben], expected 2 for an update of category SECURITY");
    approved(submission, "cho");
    new Consent(two, NOW).requireApproved(CAMPAIGN, acts);
  }

  @Test
  void anApprovalDoesNotOutliveARejection() {
    String first = submitted("ann");
    approved(first, "ben");
    keep(Kind.REJECTED, "cho", first, "cho");
    refused(TRUST, NOW, "act 3: cho rejected it: a reason");
    submittedAgain();
    refused(
        TRUST,
        NOW,
        "campaign bms is approved by 0 people [], expected 1 for an update of category SECURITY");
  }

  @Test
  void aKeyThatRanOutApprovesNothing() {
    approved(submitted("ann"), "ben");
    refused(TRUST, UNTIL, "act 1: the key of operator 'ann' ran out at 2026-12-21T01:30:00Z");
  }

  @Test
  void aRenewedKeysSignaturesStandWhereAdministratorsKeptThem() {
    approved(submitted("ann"), "ben");
    Instant later = UNTIL.plus(Duration.ofDays(1));
    Trust renewed = TRUST;
    for (String name : List.of("ann", "ben")) {
      renewed =
          TrustChanges.renew(
              renewed,
              name,
              SigningKey.generate().publicKey(),
              later.plus(Duration.ofDays(30)),
              Consent.standing(renewed, name, acts, Optional.empty()),
              later);
    }
    new Consent(renewed, later).requireApproved(CAMPAIGN, acts);
    acts.remove(1);
    // Another act of the earlier key, under a time at which it held.
    acts.add(kept(act(Kind.APPROVED, "ben", submissionOf(), NOW.plusSeconds(1)), "ben"));
    refused(
        renewed,
        later,
        "act 2: the key of operator 'ben' was revoked at 2026-12-22T01:30:00Z (REPLACED): a new"
            + " key took its place");
  }

  @Test
  void nothingOfACompromisedKeyIsKept() {
    approved(submitted("ann"), "ben");
    PublicKey key = key("ben").publicKey();
    assertThat(Consent.standing(TRUST, "ben", acts, Optional.empty())).hasSize(1);
    assertThat(Consent.standing(TRUST, "ben", acts, Optional.of(key))).isEmpty();
    Trust without =
        TrustChanges.revoke(
            TRUST,
            "ben",
            new Revocation(Revocation.Kind.COMPROMISED, NOW, "laptop stolen"),
            Consent.standing(TRUST, "ben", acts, Optional.of(key)),
            NOW);
    refused(
        without,
        NOW,
        "act 2: the key of operator 'ben' was revoked at 2026-11-21T01:30:00Z (COMPROMISED):"
            + " laptop stolen");
  }

  @Test
  void anAuthorWhomNobodyKnowsIsRefused() {
    approved(submitted("ann"), "ben");
    Consent.Content nobodys =
        new Consent.Content("bms", DIGEST, "somebody", UpdateCategory.SECURITY);
    assertThatThrownBy(() -> new Consent(TRUST, NOW).requireApproved(nobodys, acts))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            "author 'somebody' is not a known operator, expected one of [ann, ben, cho, dan]");
  }

  @Test
  void anUpdateIsRegisteredByAnEngineersSignatureOverItsContent() {
    SignedAct act =
        new SignedAct(Kind.REGISTERED, "update abs 2.1.0", DIGEST, null, "dan", NOW, "");
    List<Consent.Kept> registered = List.of(kept(act, "dan"));
    Consent consent = new Consent(TRUST, NOW);
    consent.requireRegistered("abs", "2.1.0", DIGEST, registered);
    String other = "b".repeat(64);
    assertThatThrownBy(() -> consent.requireRegistered("abs", "2.1.0", other, registered))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            "act 1: update abs 2.1.0 was changed after dan signed it as REGISTERED: the signed"
                + " content has SHA-256 %s, the content now has %s",
            DIGEST, other);
    SignedAct bens =
        new SignedAct(Kind.REGISTERED, "update abs 2.1.0", DIGEST, null, "ben", NOW, "");
    assertThatThrownBy(
            () -> consent.requireRegistered("abs", "2.1.0", DIGEST, List.of(kept(bens, "ben"))))
        .isInstanceOf(ConvoyException.class)
        .hasMessage("act 1: operator 'ben' has the roles [APPROVER], expected ENGINEER");
  }

  @Test
  void manifestsAreWithdrawnByWhoMayStopCampaignsAndTheApprovalStaysWhatItIs() {
    approved(submitted("ann"), "ben");
    keep(Kind.WITHDRAWN, "ann", null, "ann");
    new Consent(TRUST, NOW).requireApproved(CAMPAIGN, acts);
    Consent.Kept withdrawn = acts.get(2);
    assertThat(SignedAct.verify(withdrawn.document(), withdrawn.where(), TRUST, NOW).act().kind())
        .isEqualTo(Kind.WITHDRAWN);
    Consent.Kept bens = kept(act(Kind.WITHDRAWN, "ben", null, NOW), "ben");
    assertThatThrownBy(() -> SignedAct.verify(bens.document(), bens.where(), TRUST, NOW))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            "act 4: operator 'ben' has the roles [APPROVER], expected CAMPAIGN_MANAGER or OPERATOR");
  }

  private static SigningKey key(String operator) {
    return Objects.requireNonNull(KEYS.get(operator));
  }

  private String submitted(String manager) {
    keep(Kind.SUBMITTED, manager, null, manager);
    return submissionOf();
  }

  private void submittedAgain() {
    acts.add(kept(act(Kind.SUBMITTED, "ann", null, NOW.plusSeconds(5)), "ann"));
  }

  private void approved(String submission, String approver) {
    keep(Kind.APPROVED, approver, submission, approver);
  }

  private void keep(Kind kind, String operator, @Nullable String answers, String signer) {
    acts.add(kept(act(kind, operator, answers, NOW), signer));
  }

  private static SignedAct act(Kind kind, String operator, @Nullable String answers, Instant at) {
    return new SignedAct(
        kind,
        "campaign bms",
        DIGEST,
        answers,
        operator,
        at,
        kind == Kind.REJECTED ? "a reason" : "");
  }

  private Consent.Kept kept(SignedAct act, String signer) {
    return new Consent.Kept("act " + (acts.size() + 1), act.sign(key(signer)));
  }

  private String submissionOf() {
    return SignedAct.verify(acts.get(0).document(), "act 1", TRUST, NOW).id();
  }

  private void refused(Trust trust, Instant now, String message) {
    assertThatThrownBy(() -> new Consent(trust, now).requireApproved(CAMPAIGN, acts))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(message);
  }
}
