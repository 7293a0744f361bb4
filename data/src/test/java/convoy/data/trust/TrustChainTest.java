package convoy.data.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.update.UpdateCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustChainTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:30:00Z");
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(730));
  private static final SigningKey ANN = SigningKey.generate();
  private static final SigningKey BEN = SigningKey.generate();
  private static final SigningKey EVE = SigningKey.generate();
  private static final Trust FIRST =
      Trust.first(
          List.of(
              operator("ann", ANN, Role.ADMINISTRATOR, Role.APPROVER),
              operator("ben", BEN, Role.ADMINISTRATOR)),
          NOW,
          UNTIL);

  @TempDir private Path folder;

  private static Operator operator(String name, SigningKey key, Role first, Role... more) {
    return new Operator(
        name,
        EnumSet.of(first, more),
        List.of(new OperatorKey(key.publicKey(), UNTIL, null)),
        Set.of());
  }

  @Test
  void aVersionComesBackAsItWasWritten() throws IOException {
    write(FIRST, ANN);
    Trust revoked =
        TrustChanges.revoke(
            FIRST,
            "ben",
            new Revocation(Revocation.Kind.ENDED, NOW, "left the company"),
            Set.of("0".repeat(64)),
            NOW);
    write(revoked, ANN);
    TrustChain chain = load("");
    assertThat(chain.trust()).isEqualTo(revoked);
    assertThat(chain.fingerprint()).isEqualTo(Hashes.sha256(Files.readAllBytes(file(1))));
    assertThat(chain.sha256()).isEqualTo(Hashes.sha256(Files.readAllBytes(file(2))));
  }

  @Test
  void aRaisedThresholdTakesTwoSignaturesAtOnce() throws IOException {
    write(FIRST, ANN);
    Trust next = TrustChanges.rules(FIRST, 2, Map.of(UpdateCategory.SECURITY, 2), NOW);
    SignedDocument byOne =
        SignedDocument.parse(SignedDocument.sign(TrustDocument.content(next), List.of(ANN)), "w");
    assertThat(TrustChain.mayFollow(FIRST, byOne)).isFalse();
    assertThat(TrustChain.mayFollow(FIRST, SignedDocument.parse(byOne.alsoSignedBy(EVE), "w")))
        .isFalse();
    assertThat(TrustChain.mayFollow(FIRST, SignedDocument.parse(byOne.alsoSignedBy(ANN), "w")))
        .isFalse();
    byte[] byBoth = byOne.alsoSignedBy(BEN);
    assertThat(TrustChain.mayFollow(FIRST, SignedDocument.parse(byBoth, "w"))).isTrue();
    Files.write(file(2), byBoth);
    assertThat(load("").trust().approvalsFor(UpdateCategory.SECURITY)).isEqualTo(2);
  }

  @Test
  void aVersionByOnesOwnAuthorityIsRefused() throws IOException {
    write(FIRST, ANN);
    Trust taken =
        TrustChanges.add(FIRST, "eve", EnumSet.of(Role.ADMINISTRATOR), EVE.publicKey(), UNTIL, NOW);
    write(taken, EVE);
    refused(
        "2.trust.json: signed by 0 keys of the administrators, expected 1: key "
            + EVE.publicKey().shortId()
            + " is not a key of the administrators");
  }

  @Test
  void anAdministratorWhoseKeyWasRevokedSignsNoMore() throws IOException {
    write(FIRST, ANN);
    Trust without =
        TrustChanges.revoke(
            FIRST, "ben", new Revocation(Revocation.Kind.ENDED, NOW, "left"), Set.of(), NOW);
    write(without, ANN);
    write(TrustChanges.rules(without, 1, Map.of(), NOW), BEN);
    refused(
        "3.trust.json: signed by 0 keys of the administrators, expected 1: key "
            + BEN.publicKey().shortId()
            + " is not a key of the administrators");
  }

  @Test
  void aVersionThatIsMissingOrOfAnotherNumberIsRefused() throws IOException {
    write(FIRST, ANN);
    Trust second = TrustChanges.rules(FIRST, 1, Map.of(), NOW);
    Trust third = TrustChanges.rules(second, 1, Map.of(), NOW);
    write(third, ANN);
    refused(file(2) + ": no such file, expected every version of the trust root from 1 on");
    Files.move(file(3), file(2));
    refused("2.trust.json: signed.version: found '3', expected 2");
  }

  @Test
  void anotherRootThanThePinnedOneIsRefused() throws IOException {
    write(FIRST, ANN);
    String fingerprint = Hashes.sha256(Files.readAllBytes(file(1)));
    assertThat(load(fingerprint).fingerprint()).isEqualTo(fingerprint);
    String other = "0".repeat(64);
    assertThatThrownBy(() -> load(other))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            "1.trust.json: found SHA-256 %s, expected %s as trust.root-sha256 says"
                .formatted(fingerprint, other));
  }

  @Test
  void oneKeyForTwoNamesIsRefused() {
    assertThatThrownBy(
            () ->
                TrustChanges.add(
                    FIRST, "anna", EnumSet.of(Role.APPROVER), ANN.publicKey(), UNTIL, NOW))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            "operators 'ann' and 'anna' have the same key %s, expected a key of its own for each"
                .formatted(ANN.publicKey().shortId()));
  }

  @Test
  void theLastAdministratorStays() {
    Trust one = TrustChanges.roles(FIRST, "ben", EnumSet.of(Role.AUDITOR), Set.of(), NOW);
    assertThatThrownBy(
            () -> TrustChanges.roles(one, "ann", EnumSet.of(Role.AUDITOR), Set.of(), NOW))
        .isInstanceOf(ConvoyException.class)
        .hasMessage("the administrators: threshold 1, expected 1 to 0, the number of its keys");
  }

  @Test
  void whatRunsOutIsSaidAMonthBefore() {
    assertThat(TrustText.endingSoon(FIRST, UNTIL.minus(Duration.ofDays(30)))).isEmpty();
    assertThat(TrustText.endingSoon(FIRST, UNTIL.minus(Duration.ofDays(29))))
        .containsExactly(
            "the trust root runs out at 2028-11-20T01:30:00Z: ./convoy operator rules begins its"
                + " time anew",
            "the key of operator 'ann' runs out at 2028-11-20T01:30:00Z: ./convoy operator renew"
                + " ann",
            "the key of operator 'ben' runs out at 2028-11-20T01:30:00Z: ./convoy operator renew"
                + " ben");
  }

  @Test
  void whatAnAdministratorSignsIsSaid() {
    Trust next =
        TrustChanges.add(
            TrustChanges.rules(FIRST, 2, Map.of(UpdateCategory.SECURITY, 2), NOW),
            "eve",
            EnumSet.of(Role.ENGINEER),
            EVE.publicKey(),
            UNTIL,
            NOW);
    assertThat(TrustText.changes(FIRST, next))
        .containsExactly(
            "administrators who sign the next version: 2 instead of 1",
            "approvals of SECURITY: 2 instead of 1",
            "operator eve added: [ENGINEER], key %s valid until 2028-11-20T01:30:00Z"
                .formatted(EVE.publicKey().shortId()),
            "holds until 2028-11-20T01:30:00Z");
  }

  private void write(Trust trust, SigningKey key) throws IOException {
    Files.write(
        file(trust.version()), SignedDocument.sign(TrustDocument.content(trust), List.of(key)));
  }

  private Path file(long version) {
    return TrustChain.file(folder, version);
  }

  private TrustChain load(String pin) throws IOException {
    return TrustChain.load(folder, pin, NOW);
  }

  private void refused(String message) {
    assertThatThrownBy(() -> load("")).isInstanceOf(ConvoyException.class).hasMessage(message);
  }
}
