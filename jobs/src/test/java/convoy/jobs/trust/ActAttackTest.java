package convoy.jobs.trust;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.SignedActs;
import convoy.data.trust.SignedAct;
import convoy.data.trust.SignedAct.Kind;
import convoy.jobs.JobHarness;
import convoy.jobs.TestOperators;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.platform.JobSummary;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;

/**
 * Acts that are not what they say, put into the store by hand or signed with one operator's key,
 * stop the campaign, and that one alone.
 */
class ActAttackTest extends TamperedCampaign {
  ActAttackTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void untouchedBothCampaignsIssue() {
    JobExecution issue = run(IssueManifestsJobConfiguration.JOB);
    assertThat(JobHarness.summary(issue))
        .isEqualTo(BRAKES + ": 2 manifests to issue\n" + MEDIA + ": 12 manifests to issue");
    assertThat(JobSummary.isDistrusted(issue)).isFalse();
  }

  @Test
  void anApprovalByTheAuthor() {
    // CampaignSigning refuses to make one, so it is forged with the author's own key.
    forge(approval("alice", digest()), "alice");
    assertStopped(APPROVAL + "'alice' is author and approver, expected two different people");
  }

  @Test
  void anApprovalByTheOneWhoSubmitted() {
    forge(
        new SignedAct(
            Kind.SUBMITTED, "campaign " + BRAKES, digest(), null, "dave", JobHarness.NOW, ""),
        "dave");
    forge(approval("dave", digest()), "dave");
    assertStopped(
        APPROVAL + "'dave' submitted the campaign and approves it, expected two different people");
  }

  @Test
  void anApprovalOfOtherContent() {
    String other = "0".repeat(64);
    forge(approval("bob", other), "bob");
    assertStopped(
        APPROVAL
            + "campaign brake-hold-2026-11 was changed after bob signed it as APPROVED: the signed"
            + " content has SHA-256 "
            + other
            + ", the content now has "
            + digest());
  }

  @Test
  void anApprovalOfAnotherSubmission() {
    SignedAct earlier =
        new SignedAct(
            Kind.APPROVED,
            "campaign " + BRAKES,
            digest(),
            "0".repeat(64),
            "bob",
            JobHarness.NOW,
            "");
    forge(earlier, "bob");
    assertStopped(
        "campaign brake-hold-2026-11 is approved by 0 people [], expected 1 for an update of"
            + " category SAFETY_RECALL");
  }

  @Test
  void anApprovalThatIsGone() {
    jobs.sql().change("delete from signed_act where act = 'APPROVED' and operator = 'bob'");
    assertStopped(
        "campaign brake-hold-2026-11 is approved by 0 people [], expected 1 for an update of"
            + " category SAFETY_RECALL");
  }

  @Test
  void aSubmissionThatIsGone() {
    jobs.sql().change("delete from signed_act where subject = 'campaign " + BRAKES + "'");
    assertStopped("campaign brake-hold-2026-11 is not submitted by anyone's signature");
  }

  @Test
  void anUpdateThatNoEngineerSigned() {
    jobs.sql().change("delete from signed_act where subject = 'update abs-brake-hold 2.1.0'");
    assertStopped(
        "update abs-brake-hold 2.1.0 is not signed, expected an engineer's signature:"
            + " ./convoy update sign");
  }

  @Test
  void anApprovalByAnUnknownPerson() {
    forge(approval("mallory", digest()), "mallory");
    assertStopped(APPROVAL + "'mallory' is not a known operator");
  }

  @Test
  void anApprovalSignedBySomeoneElse() {
    forge(approval("bob", digest()), "carol");
    assertStopped(
        APPROVAL
            + "signed by 0 keys of operator 'bob', expected 1: key "
            + TestOperators.key("carol").publicKey().shortId()
            + " is not a key of operator 'bob'");
  }

  @Test
  void anApprovalThatWasTamperedWith() {
    String signed = document(Kind.APPROVED);
    assertThat(signed).contains("2026-11-21T01:30:00Z");
    put(Kind.APPROVED, signed.replace("2026-11-21T01:30:00Z", "2026-11-21T01:30:01Z"));
    assertStopped(
        APPROVAL
            + "signed by 0 keys of operator 'bob', expected 1: the signature of key "
            + TestOperators.key("bob").publicKey().shortId()
            + " does not match the content");
  }

  @Test
  void anApprovalThatIsNoDocument() {
    put(Kind.APPROVED, "approved!");
    assertStopped(
        APPROVAL
            + "not valid JSON at line 1, column 1: Unrecognized token 'approved': was expecting"
            + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
  }

  @Test
  void anEngineersSignatureInPlaceOfAnApproval() {
    SignedAct registered =
        new SignedAct(
            Kind.REGISTERED,
            "campaign " + BRAKES,
            digest(),
            submission(),
            "bob",
            JobHarness.NOW,
            "");
    put(Kind.APPROVED, registered.sign(TestOperators.key("bob")));
    assertStopped(APPROVAL + "found REGISTERED, expected APPROVED");
  }

  @Test
  void aRejectionThatWasTakenOut() {
    carolRejects();
    jobs.sql().change("delete from signed_act where act = 'REJECTED'");
    jobs.sql().change("update campaign set state = 'RUNNING' where campaign = '" + BRAKES + "'");
    assertStopped("a rejection of campaign brake-hold-2026-11 was taken out of the store");
  }

  /** The trust root itself: TrustRootAttackTest. */
  @Test
  void aTrustRootThatWasSetBackStopsAllCampaigns() {
    jobs.with(
        store -> {
          SignedActs.trustChanged(store, 2, "0".repeat(64), "bob revoked", JobHarness.NOW);
          return true;
        });
    String reason =
        "the trust root was set back: found version 1, expected 2 or later, which the audit log"
            + " tells of";
    assertThat(JobHarness.summary(run(IssueManifestsJobConfiguration.JOB)))
        .startsWith(
            "%s: stopped, not trusted: %s\n%s: stopped, not trusted: %s"
                .formatted(BRAKES, reason, MEDIA, reason));
    assertThat(jobs.sql().rows("select * from manifest")).isEmpty();
  }

  @Test
  void aStateThatWasSetOverARejection() {
    carolRejects();
    jobs.sql().change("update campaign set state = 'RUNNING' where campaign = '" + BRAKES + "'");
    assertStopped("signed act 7: carol rejected it: the workshop line is closed that week");
  }

  private void carolRejects() {
    jobs.sql().change("update campaign set state = 'APPROVED' where campaign = '" + BRAKES + "'");
    jobs.with(
        store -> {
          TestOperators.signing(jobs, store)
              .reject(
                  TestOperators.actor("carol"),
                  Campaigns.find(store, BRAKES).orElseThrow(),
                  "the workshop line is closed that week");
          return true;
        });
  }
}
