package convoy.data.manifest;

import static convoy.data.manifest.Forgery.SIGNER;
import static convoy.data.manifest.Forgery.refused;
import static convoy.data.manifest.Forgery.signed;
import static convoy.data.manifest.ManifestFixtures.KEYS;
import static convoy.data.manifest.ManifestFixtures.NOW;
import static convoy.data.manifest.ManifestFixtures.ROOT;
import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.manifest.ManifestFixtures.key;
import static convoy.data.manifest.ManifestFixtures.request;
import static convoy.data.trust.IndependentVerifier.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Attacks on the root metadata and on thresholds. */
class RootAttackTest {

  @Test
  void aKeyUnderAnIdThatIsNotItsHash() {
    Map<String, Object> root = signed(ROOT);
    Map<String, Object> keys = object(root, "keys");
    String stolen = KEYS.targets().keyid();
    SigningKey eve = key(66);
    keys.put(stolen, eve.publicKey().toJson());
    refused(
        () -> RootMetadata.parse(SignedDocument.sign(root, List.of(key(1))), "root.json"),
        "root.json: signed.keys: key id " + stolen + " is not the hash of its key, " + eve.keyid());
  }

  @Test
  void aThresholdMetByTheSameKeyTwice() {
    Map<String, Object> root = signed(ROOT);
    Map<String, Object> role = object(object(root, "roles"), "targets");
    String ann = KEYS.targets().keyid();
    SigningKey ben = key(9);
    object(root, "keys").put(ben.keyid(), ben.publicKey().toJson());
    role.put("threshold", 2);
    role.put("keyids", List.of(ann, ann));
    refused(
        () -> RootMetadata.parse(SignedDocument.sign(root, List.of(key(1))), "root.json"),
        "root.json: signed.roles.targets.keyids: key "
            + KEYS.targets().publicKey().shortId()
            + " is listed twice");

    role.put("keyids", List.of(ann, ben.keyid()));
    ManifestVerifier verifier =
        new ManifestVerifier(
            RootMetadata.parse(SignedDocument.sign(root, List.of(key(1))), "root.json"));
    Map<String, Object> content = signed(SIGNER.sign(request()).targets());
    byte[] twice = SignedDocument.sign(content, List.of(KEYS.targets(), KEYS.targets()));
    refused(
        () -> verifier.verifyTargetsFile(VIN, twice, NOW),
        VIN
            + "/targets.json: key "
            + KEYS.targets().publicKey().shortId()
            + " is listed twice in signatures, expected each key once");
    byte[] both = SignedDocument.sign(content, List.of(KEYS.targets(), ben));
    assertThat(verifier.verifyTargetsFile(VIN, both, NOW).version()).isEqualTo(7);
  }

  @Test
  void aRootThatDidNotSignItself() {
    Map<String, Object> root = signed(ROOT);
    refused(
        () -> RootMetadata.parse(SignedDocument.sign(root, List.of(KEYS.targets())), "root.json"),
        "root.json: signed by 0 keys of the root role, expected 1: key "
            + KEYS.targets().publicKey().shortId()
            + " is not a key of the root role");
  }

  @Test
  void aNextRootThatTheFormerDidNotSign() {
    DirectorKeys next = new DirectorKeys(key(12), key(13), key(14));
    RootMetadata first = RootMetadata.parse(ROOT, "1.root.json");
    byte[] good = next(2, key(1));
    ManifestVerifier verifier = new ManifestVerifier(first.followedBy(good, "2.root.json"));
    assertThat(verifier.verify(VIN, new ManifestSigner(next).sign(request()), NOW, null).version())
        .isEqualTo(7);
    // The former keys are gone with the former root.
    refused(
        () -> verifier.verify(VIN, SIGNER.sign(request()), NOW, null),
        VIN
            + "/timestamp.json: signed by 0 keys of the timestamp role, expected 1: key "
            + KEYS.timestamp().publicKey().shortId()
            + " is not a key of the timestamp role");

    byte[] forged = next(2, key(66));
    assertThatThrownBy(() -> first.followedBy(forged, "2.root.json"))
        .hasMessageStartingWith("2.root.json: signed by 0 keys of the root role, expected 1: key ");
    byte[] skipped = next(3, key(1));
    refused(
        () -> first.followedBy(skipped, "3.root.json"),
        "3.root.json: signed.version: found '3', expected 2");
  }

  /** A root of four other keys, signed by the new root key and that of a former one. */
  private static byte[] next(int version, SigningKey former) {
    Map<String, Object> root = signed(ManifestFixtures.root(Repository.DIRECTOR, 11));
    root.put("version", version);
    return SignedDocument.sign(root, List.of(key(11), former));
  }
}
