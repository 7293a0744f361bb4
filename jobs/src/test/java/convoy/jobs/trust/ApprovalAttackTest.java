package convoy.jobs.trust;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.trust.Approval;
import convoy.data.trust.SignedDocument;
import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.platform.JobSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;

/**
 * An approval that is not the signed consent of a second person stops the campaign, and that one
 * alone.
 */
class ApprovalAttackTest extends TamperedCampaign {
  ApprovalAttackTest(@TempDir Path folder) {
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
  void anApprovalByTheAuthor() throws IOException {
    // Approval.sign refuses to make one, so it is forged with the author's own key.
    Map<String, Object> signed =
        Map.of(
            "_type", "approval",
            "campaign", BRAKES,
            "digest", digest(),
            "author", "alice",
            "approver", "alice",
            "at", "2026-11-21T01:30:00Z");
    Files.write(file(), SignedDocument.sign(signed, List.of(key("alice"))));
    assertStopped(APPROVAL + "'alice' is author and approver, expected two different people");
  }

  @Test
  void anApprovalByTheAuthorUnderAnotherName() throws IOException {
    Path operators = home().keys().resolve("operators");
    Files.copy(operators.resolve("alice.pub.pem"), operators.resolve("alicia.pub.pem"));
    TestHome.writeApproval(
        home(), new Approval(BRAKES, digest(), "alice", "alicia", JobHarness.NOW), "alice");
    assertStopped(
        APPROVAL + "approver 'alicia' and author 'alice' have the same key, expected two people");
  }

  @Test
  void anApprovalOfOtherContent() {
    String other = "0".repeat(64);
    TestHome.writeApproval(
        home(), new Approval(BRAKES, other, "alice", "bob", JobHarness.NOW), "bob");
    assertStopped(
        APPROVAL
            + "campaign brake-hold-2026-11 was changed after its approval: approved content has"
            + " SHA-256 "
            + other
            + ", the content now has "
            + digest());
  }

  @Test
  void anApprovalThatIsGone() throws IOException {
    Files.delete(file());
    assertStopped("no approval: expected brake-hold-2026-11.approval.json");
  }

  @Test
  void anApprovalByAnUnknownPerson() throws IOException {
    Files.delete(home().keys().resolve("operators/bob.pub.pem"));
    assertStopped(APPROVAL + "approver 'bob' is not a known operator");
  }

  @Test
  void anApprovalSignedBySomeoneElse() {
    TestHome.writeApproval(
        home(), new Approval(BRAKES, digest(), "alice", "bob", JobHarness.NOW), "carol");
    assertStopped(
        APPROVAL
            + "signed by 0 keys of operator bob, expected 1: key "
            + key("carol").publicKey().shortId()
            + " is not a key of operator bob");
  }

  @Test
  void anApprovalThatWasTamperedWith() throws IOException {
    String signed = Files.readString(file());
    assertThat(signed).contains("2026-11-21T01:30:00Z");
    Files.writeString(file(), signed.replace("2026-11-21T01:30:00Z", "2026-11-21T01:30:01Z"));
    assertStopped(
        APPROVAL
            + "signed by 0 keys of operator bob, expected 1: the signature of key "
            + key("bob").publicKey().shortId()
            + " does not match the content");
  }

  @Test
  void anApprovalThatIsNoDocument() throws IOException {
    Files.writeString(file(), "approved!");
    assertStopped(
        APPROVAL
            + "not valid JSON at line 1, column 1: Unrecognized token 'approved': was expecting"
            + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
  }
}
