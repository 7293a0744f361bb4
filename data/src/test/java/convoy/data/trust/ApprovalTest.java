package convoy.data.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApprovalTest {
  private static final SigningKey ANN = SigningKey.generate();
  private static final SigningKey BEN = SigningKey.generate();
  private static final Map<String, PublicKey> OPERATORS =
      Map.of("ann", ANN.publicKey(), "ben", BEN.publicKey(), "ben2", BEN.publicKey());
  private static final String DIGEST = Hashes.sha256("the campaign".getBytes(UTF_8));
  private static final Approval APPROVAL =
      new Approval("bms-2026", DIGEST, "ann", "ben", Instant.parse("2026-03-01T12:00:00Z"));
  private static final byte[] BYTES = APPROVAL.sign(BEN);

  @Test
  void aColleaguesApprovalOfThisContentHolds() {
    assertThat(verify(BYTES, "bms-2026", DIGEST, "ann")).isEqualTo(APPROVAL);
    assertThat(new String(BYTES, UTF_8))
        .endsWith(
            "\"signed\":{\"_type\":\"approval\",\"approver\":\"ben\",\"at\":\"2026-03-01T12:00:00Z\","
                + "\"author\":\"ann\",\"campaign\":\"bms-2026\",\"digest\":\""
                + DIGEST
                + "\"}}");
    assertThat(IndependentVerifier.isSignedBy(BYTES, BEN.publicKey().hex())).isTrue();
  }

  @Test
  void contentThatChangedAfterApprovalIsNotApproved() {
    String now = Hashes.sha256("another campaign".getBytes(UTF_8));
    refused(
        () -> verify(BYTES, "bms-2026", now, "ann"),
        "a.json: campaign bms-2026 was changed after its approval: approved content has SHA-256 "
            + DIGEST
            + ", the content now has "
            + now);
  }

  @Test
  void nobodyApprovesTheirOwnWork() {
    Approval own = new Approval("bms-2026", DIGEST, "ann", "ann", APPROVAL.at());
    refused(
        () -> own.sign(ANN),
        "approval of bms-2026: 'ann' is author and approver, expected two different people");
    byte[] forged = signed("bms-2026", "ann", "ann", ANN);
    refused(
        () -> verify(forged, "bms-2026", DIGEST, "ann"),
        "a.json: 'ann' is author and approver, expected two different people");
    byte[] twoNames = signed("bms-2026", "ben", "ben2", BEN);
    refused(
        () -> verify(twoNames, "bms-2026", DIGEST, "ben"),
        "a.json: approver 'ben2' and author 'ben' have the same key, expected two people");
  }

  @Test
  void onlyKnownOperatorsApprove() {
    byte[] eve = signed("bms-2026", "ann", "eve", SigningKey.generate());
    refused(
        () -> verify(eve, "bms-2026", DIGEST, "ann"),
        "a.json: approver 'eve' is not a known operator");
  }

  @Test
  void nobodyApprovesInAnothersName() {
    byte[] annAsBen = signed("bms-2026", "ann", "ben", ANN);
    refused(
        () -> verify(annAsBen, "bms-2026", DIGEST, "ann"),
        "a.json: signed by 0 keys of operator ben, expected 1: key "
            + ANN.publicKey().shortId()
            + " is not a key of operator ben");
  }

  @Test
  void anAlteredApprovalIsNoticed() {
    byte[] altered = new String(BYTES, UTF_8).replace("2026-03-01", "2026-03-02").getBytes(UTF_8);
    refused(
        () -> verify(altered, "bms-2026", DIGEST, "ann"),
        "a.json: signed by 0 keys of operator ben, expected 1: the signature of key "
            + BEN.publicKey().shortId()
            + " does not match the content");
  }

  @Test
  void anApprovalIsForOneCampaignAndOneAuthor() {
    refused(
        () -> verify(BYTES, "bms-2027", DIGEST, "ann"),
        "a.json: campaign is 'bms-2026', expected 'bms-2027'");
    refused(
        () -> verify(BYTES, "bms-2026", DIGEST, "zoe"), "a.json: author is 'ann', expected 'zoe'");
  }

  @Test
  void otherSignedDocumentsAreNoApprovals() {
    byte[] other =
        SignedDocument.sign(Map.of("_type", "targets", "campaign", "bms-2026"), List.of(BEN));
    refused(
        () -> verify(other, "bms-2026", DIGEST, "ann"),
        "a.json: signed: found the fields [_type, campaign], expected [_type, approver, at,"
            + " author, campaign, digest]");
    refused(
        () -> verify(new byte[] {'{'}, "bms-2026", DIGEST, "ann"),
        "a.json: not valid JSON at line 1, column 2: Unexpected end-of-input: expected close"
            + " marker for Object");
  }

  private static byte[] signed(String campaign, String author, String approver, SigningKey key) {
    return SignedDocument.sign(
        Map.of(
            "_type", "approval",
            "campaign", campaign,
            "digest", DIGEST,
            "author", author,
            "approver", approver,
            "at", "2026-03-01T12:00:00Z"),
        List.of(key));
  }

  private static Approval verify(byte[] bytes, String campaign, String digest, String author) {
    return Approval.verify(bytes, "a.json", OPERATORS, campaign, digest, author);
  }

  private static void refused(Runnable act, String message) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(
            ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED))
        .hasMessage(message);
  }
}
