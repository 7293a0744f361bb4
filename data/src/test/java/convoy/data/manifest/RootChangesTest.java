package convoy.data.manifest;

import static convoy.data.manifest.Forgery.refused;
import static convoy.data.manifest.Forgery.signed;
import static convoy.data.manifest.ManifestFixtures.ROOT;
import static convoy.data.manifest.ManifestFixtures.ROOT_EXPIRES;
import static convoy.data.manifest.ManifestFixtures.key;
import static convoy.data.manifest.ManifestFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.PublicKey;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may follow a root, and by whose signatures. */
class RootChangesTest {
  private static final RootMetadata FIRST = RootMetadata.parse(ROOT, "1.root.json");
  private static final Instant LATER = ROOT_EXPIRES.plus(Duration.ofDays(365));

  @TempDir private Path folder;

  @Test
  void aNewKeyComesFirstAndTheFormerStaysAcceptedUntilItIsRetired() {
    RootMetadata next = rotate(FIRST, KeyRole.DIRECTOR_TARGETS, RootChanges.Former.ACCEPTED, 12);
    assertThat(next.version()).isEqualTo(2);
    assertThat(next.expires()).isEqualTo(LATER);
    assertThat(next.keys(KeyRole.DIRECTOR_TARGETS).keys().values())
        .containsExactly(pub(12), pub(2));
    assertThat(next.keys(KeyRole.DIRECTOR_SNAPSHOT))
        .isEqualTo(FIRST.keys(KeyRole.DIRECTOR_SNAPSHOT));
    assertThat(RootChanges.changes(FIRST, next))
        .containsExactly(
            "targets: new key " + pub(12).shortId(), "holds until 2037-03-01T00:00:00Z");
    // The order is part of what is signed.
    assertThat(signedBy(next, 1).keys(KeyRole.DIRECTOR_TARGETS).keys().values())
        .containsExactly(pub(12), pub(2));

    RootMetadata retired =
        RootChanges.retire(next, KeyRole.DIRECTOR_TARGETS, pub(2).keyid().substring(0, 8), LATER);
    assertThat(retired.keys(KeyRole.DIRECTOR_TARGETS).keys().values()).containsExactly(pub(12));
    assertThat(RootChanges.changes(next, retired))
        .startsWith("targets: key " + pub(2).shortId() + " taken out");
  }

  @Test
  void aCompromisedKeyAndFormerRootKeysGoAtOnce() {
    assertThat(
            rotate(FIRST, KeyRole.DIRECTOR_TARGETS, RootChanges.Former.REFUSED, 12)
                .keys(KeyRole.DIRECTOR_TARGETS)
                .keys()
                .values())
        .containsExactly(pub(12));
    assertThat(
            rotate(FIRST, KeyRole.DIRECTOR_ROOT, RootChanges.Former.ACCEPTED, 11)
                .keys(KeyRole.DIRECTOR_ROOT)
                .keys()
                .values())
        .containsExactly(pub(11));
    assertThat(RootChanges.renew(FIRST, LATER).roles()).isEqualTo(FIRST.roles());
  }

  @Test
  void whatCannotFollowIsNotMade() {
    usage(
        () -> rotate(FIRST, KeyRole.DIRECTOR_TARGETS, RootChanges.Former.ACCEPTED, 3),
        "key %s: found it in the role snapshot already, expected a new key"
            .formatted(pub(3).shortId()));
    usage(
        () ->
            RootChanges.rotate(
                FIRST,
                KeyRole.DIRECTOR_TIMESTAMP,
                List.of(pub(14)),
                2,
                RootChanges.Former.ACCEPTED,
                LATER),
        "threshold 2: expected 1 for director-timestamp");
    usage(
        () ->
            RootChanges.rotate(
                FIRST,
                KeyRole.DIRECTOR_ROOT,
                List.of(pub(21), pub(22)),
                3,
                RootChanges.Former.ACCEPTED,
                LATER),
        "threshold 3: expected 1 to 2 for director-root");
    usage(
        () -> RootChanges.retire(FIRST, KeyRole.DIRECTOR_TARGETS, "zz", LATER),
        "key 'zz': found 0 of director-targets that begin so, expected the beginning of one of ["
            + pub(2).shortId()
            + "]");
    usage(
        () -> RootChanges.retire(FIRST, KeyRole.DIRECTOR_TARGETS, pub(2).keyid(), LATER),
        "key "
            + pub(2).shortId()
            + ": 0 of director-targets would be left, expected 1 or more: ./convoy keys rotate"
            + " director-targets puts another in its place");
  }

  @Test
  void aRootOfTwoOfThreeIsFollowedOnlyByTwoOfItsKeysAndAsManyOfTheNext() {
    RootMetadata shared =
        RootChanges.rotate(
            FIRST,
            KeyRole.DIRECTOR_ROOT,
            List.of(pub(21), pub(22), pub(23)),
            2,
            RootChanges.Former.ACCEPTED,
            LATER);
    byte[] bytes = sign(shared, 1, 21, 23);
    assertThat(FIRST.followedBy(bytes, "2.root.json")).isEqualTo(shared);
    refused(
        () -> FIRST.followedBy(sign(shared, 1, 21), "2.root.json"),
        "2.root.json: signed by 1 keys of the root role, expected 2: key "
            + pub(1).shortId()
            + " is not a key of the root role");
    refused(
        () -> FIRST.followedBy(sign(shared, 21, 22), "2.root.json"),
        "2.root.json: signed by 0 keys of the root role, expected 1: " + notOfTheRole(21, 22));

    RootMetadata renewed = RootChanges.renew(shared, LATER);
    assertThat(shared.followedBy(sign(renewed, 22, 23), "3.root.json")).isEqualTo(renewed);
    refused(
        () -> shared.followedBy(sign(renewed, 22), "3.root.json"),
        "3.root.json: signed by 1 keys of the root role, expected 2");
  }

  @Test
  void theLatestRootIsFollowedFromTheFirstAndNoneMayBeMissing() throws IOException {
    assertThatThrownBy(() -> RootChain.latest(folder))
        .hasMessage(
            folder.resolve("1.root.json")
                + ": no such file, expected every version of the root from the first on");
    Files.write(folder.resolve("1.root.json"), ROOT);
    RootMetadata second = rotate(FIRST, KeyRole.DIRECTOR_TARGETS, RootChanges.Former.REFUSED, 12);
    RootMetadata third = RootChanges.renew(second, LATER);
    Files.write(folder.resolve("3.root.json"), sign(third, 1));
    assertThatThrownBy(() -> RootChain.latest(folder))
        .hasMessage(
            folder.resolve("2.root.json")
                + ": no such file, expected every version of the root from the first on");
    Files.write(folder.resolve("2.root.json"), sign(second, 1));
    assertThat(RootChain.latest(folder)).isEqualTo(third);
    assertThat(RootChain.follow(folder.resolve("2.root.json"))).isEqualTo(third);

    Files.write(folder.resolve("2.root.json"), sign(second, 66));
    assertThatThrownBy(() -> RootChain.latest(folder))
        .hasMessage(
            folder.getFileName()
                + "/2.root.json: signed by 0 keys of the root role, expected 1: "
                + notOfTheRole(66));
  }

  @Test
  void aKeyThatBothRepositoriesHaveIsRefused() {
    RootMetadata image = RootMetadata.parse(root(Repository.IMAGE, 31), "1.root.json");
    assertThat(FIRST.requireNoKeyOf(image)).isSameAs(FIRST);
    RootMetadata shared =
        RootChanges.rotate(
            image, KeyRole.IMAGE_TIMESTAMP, List.of(pub(2)), 1, RootChanges.Former.ACCEPTED, LATER);
    refused(
        () -> FIRST.requireNoKeyOf(shared),
        "the Director and the image repository share key "
            + pub(2).shortId()
            + ": the targets role and the timestamp role have it, expected keys of their own");
  }

  private static RootMetadata rotate(
      RootMetadata before, KeyRole role, RootChanges.Former former, int key) {
    return RootChanges.rotate(before, role, List.of(pub(key)), 1, former, LATER);
  }

  private static RootMetadata signedBy(RootMetadata next, int key) {
    return FIRST.followedBy(sign(next, key), "2.root.json");
  }

  private static byte[] sign(RootMetadata root, int... keys) {
    List<SigningKey> signers = Arrays.stream(keys).mapToObj(ManifestFixtures::key).toList();
    byte[] document = SignedDocument.sign(root.content(), signers);
    assertThat(signed(document)).containsEntry("_type", "root");
    return document;
  }

  /** Why signatures do not count, in the order of the key ids. */
  private static String notOfTheRole(int... keys) {
    return String.join(
        "; ",
        Arrays.stream(keys)
            .mapToObj(RootChangesTest::pub)
            .sorted((a, b) -> a.keyid().compareTo(b.keyid()))
            .map(key -> "key " + key.shortId() + " is not a key of the root role")
            .toList());
  }

  private static PublicKey pub(int seed) {
    return key(seed).publicKey();
  }

  private static void usage(ThrowingCallable act, String message) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessage(message);
  }
}
