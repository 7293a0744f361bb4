package convoy.data.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Operator;
import convoy.data.trust.OperatorKey;
import convoy.data.trust.Revocation;
import convoy.data.trust.Role;
import convoy.data.trust.SignedAct;
import convoy.data.trust.SigningKey;
import convoy.data.trust.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests that are not what they say; that one is not done twice is tested with the store. */
class SignedRequestTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:30:00Z");
  private static final String WHERE = "1-x.json";
  private static final SigningKey ALICE = SigningKey.generate();
  private static final SigningKey BOB = SigningKey.generate();
  private static final SigningKey CAROL = SigningKey.generate();
  private static final Trust TRUST =
      Trust.first(
          List.of(
              operator("alice", ALICE, Set.of(Role.ADMINISTRATOR, Role.OPERATOR), null),
              operator("bob", BOB, Set.of(Role.ENGINEER, Role.APPROVER, Role.AUDITOR), null),
              operator(
                  "carol",
                  CAROL,
                  Set.of(Role.OPERATOR),
                  new Revocation(Revocation.Kind.ENDED, NOW.minusSeconds(60), "left"))),
          NOW.minus(Duration.ofDays(30)),
          NOW.plus(Duration.ofDays(700)));

  private static Operator operator(
      String name, SigningKey key, Set<Role> roles, @Nullable Revocation revoked) {
    return new Operator(
        name,
        roles,
        List.of(new OperatorKey(key.publicKey(), NOW.plus(Duration.ofDays(30)), revoked)),
        Set.of());
  }

  private static ControlRequest pause(String who, Instant at) {
    return ControlRequest.of(ControlAct.PAUSE, "brakes", who, "smoke in \"two\" cars", at);
  }

  private static void assertRefused(byte[] document, Instant now, String message) {
    assertThatThrownBy(() -> SignedRequest.verify(document, WHERE, TRUST, now))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(message)
        .extracting(e -> ((ConvoyException) e).code())
        .isEqualTo(ErrorCode.NOT_TRUSTED);
  }

  private static void assertRefused(ControlRequest request, SigningKey key, String message) {
    assertRefused(SignedRequest.sign(request, key), NOW, message);
  }

  @Test
  void whatWasAskedForIsReadBackUpToAWeekLater() {
    ControlRequest asked = pause("alice", NOW.plusMillis(7));
    byte[] document = SignedRequest.sign(asked, ALICE);
    assertThat(SignedRequest.verify(document, WHERE, TRUST, NOW)).isEqualTo(asked);
    assertThat(SignedRequest.verify(document, WHERE, TRUST, NOW.plus(Duration.ofDays(7))))
        .isEqualTo(asked);
    ControlRequest resume = ControlRequest.of(ControlAct.RESUME, "brakes", "alice", null, NOW);
    assertThat(SignedRequest.verify(SignedRequest.sign(resume, ALICE), WHERE, TRUST, NOW))
        .isEqualTo(resume);
  }

  @Test
  void unsigned() {
    String signed = new String(SignedRequest.sign(pause("alice", NOW), ALICE), UTF_8);
    String content = signed.substring(signed.indexOf("\"signed\""));
    assertRefused(
        ("{\"signatures\":[]," + content).getBytes(UTF_8),
        NOW,
        WHERE + ": signed by 0 keys of operator 'alice' at present, expected 1");
    assertRefused(
        "{\"act\":\"PAUSE\"}".getBytes(UTF_8),
        NOW,
        WHERE + ": found the fields [act], expected [signatures, signed]");
  }

  @Test
  void inARoleThatDoesNotPermitIt() {
    assertRefused(
        pause("bob", NOW),
        BOB,
        WHERE
            + ": operator 'bob' has the roles [ENGINEER, APPROVER, AUDITOR], expected one of"
            + " [CAMPAIGN_MANAGER, OPERATOR] for CONTROL_CAMPAIGN");
  }

  @Test
  void withAKeyThatWasRevoked() {
    assertRefused(
        pause("carol", NOW),
        CAROL,
        WHERE + ": the key of operator 'carol' was revoked at 2026-11-21T01:29:00Z (ENDED): left");
  }

  @Test
  void withAKeyThatRanOut() {
    Instant later = NOW.plus(Duration.ofDays(31));
    assertRefused(
        SignedRequest.sign(pause("alice", later), ALICE),
        later,
        WHERE + ": the key of operator 'alice' ran out at 2026-12-21T01:30:00Z");
  }

  @Test
  void altered() {
    String signed = new String(SignedRequest.sign(pause("alice", NOW), ALICE), UTF_8);
    assertRefused(
        signed.replace("\"PAUSE\"", "\"ABORT\"").getBytes(UTF_8),
        NOW,
        WHERE
            + ": signed by 0 keys of operator 'alice' at present, expected 1: the signature of key "
            + ALICE.publicKey().shortId()
            + " does not match the content");
  }

  @Test
  void inTheNameOfSomeoneElse() {
    assertRefused(
        pause("alice", NOW),
        BOB,
        WHERE
            + ": signed by 0 keys of operator 'alice' at present, expected 1: key "
            + BOB.publicKey().shortId()
            + " is not a key of operator 'alice' at present");
    assertRefused(pause("mallory", NOW), BOB, WHERE + ": 'mallory' is not a known operator");
  }

  @Test
  void keptBackForMoreThanAWeek() {
    assertRefused(
        SignedRequest.sign(pause("alice", NOW), ALICE),
        NOW.plus(Duration.ofDays(7)).plusSeconds(1),
        WHERE
            + ": asked at 2026-11-21T01:30:00Z, expected it within 7 days of 2026-11-28T01:30:01Z");
  }

  @Test
  void anotherDocumentOfTheSamePerson() {
    SignedAct act =
        new SignedAct(
            SignedAct.Kind.REGISTERED, "update a 1", "0".repeat(64), null, "alice", NOW, "");
    assertRefused(
        act.sign(ALICE).getBytes(UTF_8),
        NOW,
        WHERE
            + ": signed: found the fields [_type, act, answers, at, digest, operator, reason, role,"
            + " subject], expected [_type, act, askedAt, campaign, id, operator, reason,"
            + " signedAct, vehicles, wave]");
  }
}
