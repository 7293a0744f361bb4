package convoy.jobs.trust;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.duckdb.SignedActs;
import convoy.data.trust.Consent;
import convoy.data.trust.Revocation;
import convoy.data.trust.Role;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.Trust;
import convoy.data.trust.TrustChain;
import convoy.data.trust.TrustChanges;
import convoy.data.trust.TrustDocument;
import convoy.data.update.UpdateCategory;
import convoy.jobs.JobHarness;
import convoy.jobs.TestOperators;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of running campaigns when the trust root changes, or is not what it must be. */
class TrustRootAttackTest extends TamperedCampaign {
  private static final Revocation LEFT =
      new Revocation(Revocation.Kind.ENDED, JobHarness.NOW, "left the company");

  TrustRootAttackTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void aRevokedKeyWhoseEarlierSignaturesWereNotKept() {
    takeEffect(TrustChanges.revoke(present(), "bob", LEFT, Set.of(), JobHarness.NOW));
    assertBrakesStopped(
        APPROVAL
            + "the key of operator 'bob' was revoked at 2026-11-21T01:30:00Z (ENDED): left the"
            + " company");
  }

  @Test
  void signaturesThatAdministratorsKeptStandAfterARevocation() {
    takeEffect(TrustChanges.revoke(present(), "bob", LEFT, standing("bob"), JobHarness.NOW));
    assertThat(JobHarness.summary(run(IssueManifestsJobConfiguration.JOB)))
        .isEqualTo(BRAKES + ": 2 manifests to issue\n" + MEDIA + ": 12 manifests to issue");
  }

  @Test
  void anApprovalThatARevokedKeySignsLaterUnderAnEarlierTime() {
    takeEffect(TrustChanges.revoke(present(), "dave", LEFT, standing("dave"), JobHarness.NOW));
    forge(approval("dave", digest()), "dave");
    assertBrakesStopped(
        APPROVAL
            + "the key of operator 'dave' was revoked at 2026-11-21T01:30:00Z (ENDED): left the"
            + " company");
  }

  @Test
  void aKeyThatRanOut() {
    takeEffect(
        TrustChanges.renew(
            present(),
            "bob",
            TestOperators.key("bob's second").publicKey(),
            JobHarness.NOW.plusSeconds(60),
            Set.of(),
            JobHarness.NOW));
    forge(approval("bob", digest()), "bob's second");
    jobs.clock().set(JobHarness.NOW.plusSeconds(61));
    assertBrakesStopped(APPROVAL + "the key of operator 'bob' ran out at 2026-11-21T01:31:00Z");
  }

  @Test
  void aRoleThatWasTakenAway() {
    takeEffect(
        TrustChanges.roles(
            present(), "bob", EnumSet.of(Role.CAMPAIGN_MANAGER), Set.of(), JobHarness.NOW));
    assertBrakesStopped(
        APPROVAL + "operator 'bob' has the roles [CAMPAIGN_MANAGER], expected APPROVER");
  }

  @Test
  void aCategoryThatNowNeedsTwoApprovals() {
    takeEffect(
        TrustChanges.rules(present(), 1, Map.of(UpdateCategory.SAFETY_RECALL, 2), JobHarness.NOW));
    assertStopped(
        "campaign brake-hold-2026-11 is approved by 1 people [bob], expected 2 for an update of"
            + " category SAFETY_RECALL");
  }

  @Test
  void aTrustRootThatWasAltered() throws IOException {
    String text = Files.readString(file(1));
    Files.writeString(file(1), text.replace("\"administrators\":1", "\"administrators\":2"));
    assertBothStopped(
        "1.trust.json: signed by 0 keys of the administrators, expected 2: the signature of key "
            + TestOperators.key("alice").publicKey().shortId()
            + " does not match the content");
  }

  @Test
  void aVersionThatNoAdministratorSigned() throws IOException {
    Trust next =
        TrustChanges.add(
            present(),
            "mallory",
            EnumSet.allOf(Role.class),
            TestOperators.key("mallory").publicKey(),
            TestOperators.VALID_UNTIL,
            JobHarness.NOW);
    Files.write(
        file(2),
        SignedDocument.sign(TrustDocument.content(next), List.of(TestOperators.key("mallory"))));
    assertBothStopped(
        "2.trust.json: signed by 0 keys of the administrators, expected 1: key "
            + TestOperators.key("mallory").publicKey().shortId()
            + " is not a key of the administrators");
  }

  @Test
  void aTrustRootThatWasSetBack() throws IOException {
    takeEffect(TrustChanges.revoke(present(), "dave", LEFT, Set.of(), JobHarness.NOW));
    Files.delete(file(2));
    assertBothStopped(
        "the trust root was set back: found version 1, expected 2 or later, which the audit log"
            + " tells of");
  }

  @Test
  void aTrustRootThatRanOut() {
    jobs.clock().set(TestOperators.VALID_UNTIL.plus(Duration.ofSeconds(1)));
    String reason =
        "1.trust.json: ran out at 2028-11-20T01:30:00Z, and it is 2028-11-20T01:30:01Z: expected a"
            + " newer version, which ./convoy operator rules makes";
    assertBothStopped(reason);
  }

  private Trust present() {
    return root().load(JobHarness.NOW).trust();
  }

  private TrustRoot root() {
    return TrustRoot.of(home(), jobs.settings());
  }

  private Path file(int version) {
    return TrustChain.file(home().keys().resolve("trust"), version);
  }

  private Set<String> standing(String operator) {
    return jobs.with(
        store -> Consent.standing(present(), operator, SignedActs.all(store), Optional.empty()));
  }

  private void takeEffect(Trust next) {
    byte[] document =
        SignedDocument.sign(TrustDocument.content(next), List.of(TestOperators.key("alice")));
    TrustChain chain = root().keep(present(), document, JobHarness.NOW).orElseThrow();
    jobs.with(
        store -> {
          SignedActs.trustChanged(store, next.version(), chain.sha256(), "", JobHarness.NOW);
          return true;
        });
  }

  /** Bob wrote the other campaign and submitted it, so that it stops as well. */
  private void assertBrakesStopped(String reason) {
    assertThat(JobHarness.summary(run(IssueManifestsJobConfiguration.JOB)))
        .startsWith(BRAKES + ": stopped, not trusted: " + reason + "\n");
    assertThat(
            jobs.sql()
                .rows("select state, state_reason from campaign where campaign = '" + BRAKES + "'"))
        .containsExactly("PAUSED|not trusted: " + reason);
    assertThat(jobs.sql().rows("select * from manifest where campaign = '" + BRAKES + "'"))
        .isEmpty();
  }

  private void assertBothStopped(String reason) {
    assertThat(JobHarness.summary(run(IssueManifestsJobConfiguration.JOB)))
        .startsWith(
            BRAKES
                + ": stopped, not trusted: "
                + reason
                + "\n"
                + MEDIA
                + ": stopped, not trusted: "
                + reason);
    assertThat(jobs.sql().rows("select * from manifest")).isEmpty();
  }
}
