package convoy.jobs.trust;

import static convoy.jobs.TestHome.BRAKES;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.Home;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.SignedActs;
import convoy.data.trust.Consent;
import convoy.data.trust.Revocation;
import convoy.data.trust.Role;
import convoy.data.trust.SignedAct;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.data.trust.Trust;
import convoy.data.trust.TrustChain;
import convoy.data.trust.TrustChanges;
import convoy.data.trust.TrustDocument;
import convoy.data.update.UpdateCategory;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.TestOperators;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the check says of an approved campaign when the trust root changes, or is not what it must
 * be. Alice submitted the campaign, bob approved it, carol signed its update.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustRootAttackTest {
  private static final Instant NOW = JobHarness.NOW;
  private static final String APPROVAL = "signed act 4: ";
  private static final Revocation LEFT =
      new Revocation(Revocation.Kind.ENDED, NOW, "left the company");
  private static final String REVOKED =
      "was revoked at 2026-11-21T01:30:00Z (ENDED): left the company";

  private JobHarness jobs;
  private Home trusted;

  @BeforeAll
  void approve(@TempDir Path folder) {
    jobs = new JobHarness(TestHome.install(folder.resolve("home"), ""));
    TestHome.writeDefinitions(jobs.home().root());
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
    TestHome.approve(jobs, BRAKES, "bob");
  }

  @AfterAll
  void stop() {
    jobs.close();
  }

  /** Each test has a trust root of its own beside the one store. */
  @BeforeEach
  void trust(@TempDir Path folder) throws IOException {
    trusted = new Home(folder);
    TrustRoot.create(trusted, TestOperators.first(), List.of(TestOperators.key("alice")));
  }

  @Test
  void anUntouchedTrustRootLetsTheCampaignPass() {
    assertThat(problem()).isEmpty();
  }

  @Test
  void aRevokedKeyWhoseEarlierSignaturesWereNotKept() {
    takeEffect(TrustChanges.revoke(present(), "bob", LEFT, Set.of(), NOW));
    assertThat(problem()).hasValue(APPROVAL + "the key of operator 'bob' " + REVOKED);
  }

  @Test
  void signaturesThatAdministratorsKeptStandAfterARevocation() {
    takeEffect(TrustChanges.revoke(present(), "bob", LEFT, standing("bob"), NOW));
    assertThat(problem()).isEmpty();
  }

  @Test
  void anApprovalThatARevokedKeySignsUnderAnEarlierTime() {
    takeEffect(TrustChanges.revoke(present(), "dave", LEFT, standing("dave"), NOW));
    withApproval(
        "dave",
        "dave",
        NOW.minusSeconds(3600),
        () -> assertThat(problem()).hasValue(APPROVAL + "the key of operator 'dave' " + REVOKED));
  }

  @Test
  void aKeyThatRanOut() {
    SigningKey second = TestOperators.key("bob's second");
    takeEffect(
        TrustChanges.renew(
            present(), "bob", second.publicKey(), NOW.plusSeconds(60), Set.of(), NOW));
    withApproval(
        "bob",
        "bob's second",
        NOW,
        () -> {
          assertThat(problem(NOW.plusSeconds(59))).isEmpty();
          assertThat(problem(NOW.plusSeconds(60)))
              .hasValue(APPROVAL + "the key of operator 'bob' ran out at 2026-11-21T01:31:00Z");
        });
  }

  @Test
  void aRoleThatWasTakenAway() {
    takeEffect(
        TrustChanges.roles(present(), "bob", EnumSet.of(Role.CAMPAIGN_MANAGER), Set.of(), NOW));
    assertThat(problem())
        .hasValue(APPROVAL + "operator 'bob' has the roles [CAMPAIGN_MANAGER], expected APPROVER");
  }

  @Test
  void aCategoryThatNowNeedsTwoApprovals() {
    takeEffect(TrustChanges.rules(present(), 1, Map.of(UpdateCategory.SAFETY_RECALL, 2), NOW));
    assertThat(problem())
        .hasValue(
            "campaign brake-hold-2026-11 is approved by 1 people [bob], expected 2 for an update"
                + " of category SAFETY_RECALL");
  }

  @Test
  void aTrustRootThatWasAltered() throws IOException {
    String text = Files.readString(file(1));
    Files.writeString(file(1), text.replace("\"administrators\":1", "\"administrators\":2"));
    assertThat(problem())
        .hasValue(
            "1.trust.json: signed by 0 keys of the administrators, expected 2: the signature of"
                + " key "
                + TestOperators.key("alice").publicKey().shortId()
                + " does not match the content");
  }

  @Test
  void aVersionThatNoAdministratorSigned() throws IOException {
    SigningKey mallory = TestOperators.key("mallory");
    Trust next =
        TrustChanges.add(
            present(),
            "mallory",
            EnumSet.allOf(Role.class),
            mallory.publicKey(),
            TestOperators.VALID_UNTIL,
            NOW);
    Files.write(file(2), SignedDocument.sign(TrustDocument.content(next), List.of(mallory)));
    assertThat(problem())
        .hasValue(
            "2.trust.json: signed by 0 keys of the administrators, expected 1: key "
                + mallory.publicKey().shortId()
                + " is not a key of the administrators");
  }

  @Test
  void aTrustRootThatIsGone() throws IOException {
    Files.delete(file(1));
    assertThat(problem())
        .hasValue(file(1) + ": no such file, expected the trust root that ./convoy init makes");
  }

  @Test
  void aTrustRootThatRanOut() {
    assertThat(problem(TestOperators.VALID_UNTIL))
        .hasValue(
            "1.trust.json: ran out at 2028-11-20T01:30:00Z, and it is 2028-11-20T01:30:00Z:"
                + " expected a newer version, which ./convoy operator rules makes");
  }

  private Optional<String> problem() {
    return problem(NOW);
  }

  private Optional<String> problem(Instant now) {
    TrustCheck check =
        new TrustCheck(root(), jobs.bean(ModuleCatalog.class), Clock.fixed(now, ZoneOffset.UTC));
    return jobs.with(store -> check.problem(store, Campaigns.find(store, BRAKES).orElseThrow()));
  }

  private Trust present() {
    return root().load(NOW).trust();
  }

  private TrustRoot root() {
    return TrustRoot.of(trusted, jobs.settings());
  }

  private Path file(int version) {
    return TrustChain.file(trusted.keys().resolve("trust"), version);
  }

  private Set<String> standing(String operator) {
    return jobs.with(
        store -> Consent.standing(present(), operator, SignedActs.all(store), Optional.empty()));
  }

  private void takeEffect(Trust next) {
    byte[] document =
        SignedDocument.sign(TrustDocument.content(next), List.of(TestOperators.key("alice")));
    assertThat(root().keep(present(), document, NOW)).isPresent();
  }

  /** Has another approval in the store for a moment, as a hand could put it there. */
  private void withApproval(String operator, String signer, Instant at, Runnable work) {
    String before = document("APPROVED");
    String submission =
        SignedAct.verify(document("SUBMITTED"), "", TestOperators.first(), NOW).id();
    String digest =
        jobs.sql().rows("select digest from campaign where campaign = '" + BRAKES + "'").get(0);
    put(
        new SignedAct(
                SignedAct.Kind.APPROVED, "campaign " + BRAKES, digest, submission, operator, at, "")
            .sign(TestOperators.key(signer)));
    try {
      work.run();
    } finally {
      put(before);
    }
  }

  private String document(String act) {
    return jobs.sql().rows("select document from signed_act where act = '" + act + "'").get(0);
  }

  private void put(String document) {
    jobs.sql()
        .change(
            "update signed_act set document = '%s' where act = 'APPROVED'"
                .formatted(document.replace("'", "''")));
  }
}
