package convoy.data.manifest;

import static convoy.data.manifest.ManifestFixtures.EXPIRES;
import static convoy.data.manifest.ManifestFixtures.KEYS;
import static convoy.data.manifest.ManifestFixtures.NOW;
import static convoy.data.manifest.ManifestFixtures.ROOT;
import static convoy.data.manifest.ManifestFixtures.ROOT_EXPIRES;
import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.manifest.ManifestFixtures.key;
import static convoy.data.manifest.ManifestFixtures.request;
import static convoy.data.manifest.ManifestFixtures.target;
import static convoy.data.trust.IndependentVerifier.object;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Hashes;
import convoy.data.trust.IndependentVerifier;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One test for each attack on a manifest; what is forged is otherwise signed as it should be. */
class ManifestAttackTest {
  private static final String TIMESTAMP = "timestamp.json";
  private static final String SNAPSHOT = "7.snapshot.json";
  private static final String TARGETS = "7.targets.json";
  private static final ManifestSigner SIGNER = new ManifestSigner(KEYS);
  private static final ManifestVerifier VERIFIER = new ManifestVerifier(ROOT);

  @Test
  void anotherVehiclesManifest() {
    String other = "WVWZZZ1KZAW000002";
    Map<String, byte[]> files = SIGNER.sign(request()).files();
    refused(
        () -> VERIFIER.verify(other, files, NOW, null),
        other
            + "/timestamp.json: signed.custom.vin: found '"
            + VIN
            + "', expected this vehicle, '"
            + other
            + "'");
    refused(
        () -> VERIFIER.verifyTargetsFile(other, bytes(files, TARGETS), NOW),
        other
            + "/targets.json: signed.custom.vin: found '"
            + VIN
            + "', expected this vehicle, '"
            + other
            + "'");
  }

  @Test
  void anotherVehiclesTargetsBehindThisVehiclesTimestamp() {
    Forgery forgery = new Forgery();
    object(forgery.targets, "custom").put("vin", "WVWZZZ1KZAW000002");
    refused(
        forgery.files(),
        VIN
            + "/7.targets.json: signed.custom.vin: found 'WVWZZZ1KZAW000002', expected this vehicle,"
            + " '"
            + VIN
            + "'");
  }

  @Test
  void delegations() {
    Forgery forgery = new Forgery();
    forgery.targets.put("delegations", Map.of("keys", Map.of(), "roles", List.of()));
    refused(
        forgery.files(),
        VIN + "/7.targets.json: signed.delegations: found delegations, a Director never delegates");
  }

  @Test
  void anEcuListedTwice() {
    Forgery forgery = new Forgery();
    Map<String, Object> entry = object(object(forgery.targets, "targets"), "tcu-2.1.0.bin");
    object(object(entry, "custom"), "ecuIdentifiers")
        .put("BMS-0001", Map.of("hardwareId", "TCU-HW3"));
    refused(
        forgery.files(),
        VIN
            + "/7.targets.json: signed.targets: ECU 'BMS-0001' is listed for bms-2.1.0.bin and for"
            + " tcu-2.1.0.bin, expected once");
  }

  @Test
  void aKeyUnderAnIdThatIsNotItsHash() {
    Map<String, Object> root = signed(ROOT);
    Map<String, Object> keys = object(root, "keys");
    String stolen = KEYS.targets().keyid();
    SigningKey eve = key(66);
    keys.put(stolen, eve.publicKey().toJson());
    refused(
        () -> new ManifestVerifier(SignedDocument.sign(root, List.of(key(1)))),
        "root.json: signed.keys: key id " + stolen + " is not the hash of its key, " + eve.keyid());
  }

  @Test
  void tamperedTargets() {
    Map<String, byte[]> files = new HashMap<>(SIGNER.sign(request()).files());
    byte[] good = bytes(files, TARGETS);
    byte[] bad = new String(good, UTF_8).replace("BMS-HW3", "BMS-HW4").getBytes(UTF_8);
    files.put(TARGETS, bad);
    refused(
        files,
        VIN
            + "/7.targets.json: SHA-256 "
            + Hashes.sha256(bad)
            + ", expected "
            + Hashes.sha256(good)
            + " as listed in "
            + VIN
            + "/7.snapshot.json");
    files.put(TARGETS, (new String(good, UTF_8) + " ").getBytes(UTF_8));
    refused(
        files,
        VIN
            + "/7.targets.json: "
            + (good.length + 1)
            + " bytes, expected "
            + good.length
            + " as listed in "
            + VIN
            + "/7.snapshot.json");
    refused(
        () -> VERIFIER.verifyTargetsFile(VIN, bad, NOW),
        VIN
            + "/targets.json: signed by 0 keys of the targets role, expected 1: the signature of"
            + " key "
            + KEYS.targets().publicKey().shortId()
            + " does not match the content");
  }

  @Test
  void anExpiredManifestAndAnExpiredRoot() {
    Map<String, byte[]> files = SIGNER.sign(request()).files();
    assertThat(VERIFIER.verify(VIN, files, EXPIRES.minusSeconds(1), null).version()).isEqualTo(7);
    refused(
        () -> VERIFIER.verify(VIN, files, EXPIRES, null),
        VIN + "/timestamp.json: expired at 2026-03-15T12:00:00Z, and it is 2026-03-15T12:00:00Z");
    refused(
        () -> VERIFIER.verifyTargetsFile(VIN, bytes(files, TARGETS), EXPIRES),
        VIN + "/targets.json: expired at 2026-03-15T12:00:00Z, and it is 2026-03-15T12:00:00Z");
    refused(
        () -> VERIFIER.verify(VIN, files, ROOT_EXPIRES, null),
        "1.root.json: expired at 2036-03-01T00:00:00Z, and it is 2036-03-01T00:00:00Z");
  }

  @Test
  void expiredTargetsBehindAFreshTimestamp() {
    Forgery forgery = new Forgery();
    forgery.targets.put("expires", "2026-03-01T13:00:00Z");
    refused(
        forgery.files(),
        VIN + "/7.targets.json: expired at 2026-03-01T13:00:00Z, and it is 2026-03-02T00:00:00Z");
  }

  @Test
  void anOlderVersion() {
    Map<String, byte[]> files = SIGNER.sign(request()).files();
    assertThat(VERIFIER.verify(VIN, files, NOW, 7L).version()).isEqualTo(7);
    refused(
        () -> VERIFIER.verify(VIN, files, NOW, 8L),
        VIN + "/timestamp.json: version 7 is older than version 8, which this vehicle has seen");
  }

  @Test
  void aSwappedSnapshot() {
    Map<String, byte[]> files = new HashMap<>(SIGNER.sign(request()).files());
    byte[] good = bytes(files, SNAPSHOT);
    // Signed by the same Director for the same vehicle and version, for other targets.
    byte[] swapped = SIGNER.sign(request(7, target("BMS", "BMS-0009", 1))).snapshot();
    files.put(SNAPSHOT, swapped);
    refused(
        files,
        swapped.length == good.length
            ? VIN
                + "/7.snapshot.json: SHA-256 "
                + Hashes.sha256(swapped)
                + ", expected "
                + Hashes.sha256(good)
                + " as listed in "
                + VIN
                + "/timestamp.json"
            : VIN
                + "/7.snapshot.json: "
                + swapped.length
                + " bytes, expected "
                + good.length
                + " as listed in "
                + VIN
                + "/timestamp.json");
  }

  @Test
  void filesOfTwoVersions() {
    Map<String, byte[]> files = new HashMap<>(SIGNER.sign(request()).files());
    files.put(TIMESTAMP, SIGNER.sign(request(8)).timestamp());
    refused(files, VIN + "/8.snapshot.json: missing, expected this file");

    Forgery forgery = new Forgery();
    forgery.targets.put("version", 6);
    refused(
        forgery.files(),
        VIN
            + "/7.targets.json: signed.version: found '6', expected 7 as listed in "
            + VIN
            + "/7.snapshot.json");
    forgery.timestamp.put("version", 9);
    refused(
        forgery.files(),
        VIN
            + "/timestamp.json: signed.meta.snapshot.json.version: found '7', expected the version"
            + " of all three files, 9");
  }

  @Test
  void aSignatureByTheWrongRole() {
    Forgery forgery = new Forgery();
    forgery.targetsKey = KEYS.timestamp();
    refused(
        forgery.files(),
        VIN
            + "/7.targets.json: signed by 0 keys of the targets role, expected 1: key "
            + KEYS.timestamp().publicKey().shortId()
            + " is not a key of the targets role");
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
        () -> new ManifestVerifier(SignedDocument.sign(root, List.of(key(1)))),
        "root.json: signed.roles.targets.keyids: key "
            + KEYS.targets().publicKey().shortId()
            + " is listed twice");

    role.put("keyids", List.of(ann, ben.keyid()));
    ManifestVerifier verifier = new ManifestVerifier(SignedDocument.sign(root, List.of(key(1))));
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
        () -> new ManifestVerifier(SignedDocument.sign(root, List.of(KEYS.targets()))),
        "root.json: signed by 0 keys of the root role, expected 1: key "
            + KEYS.targets().publicKey().shortId()
            + " is not a key of the root role");
  }

  @Test
  void aNextRootThatTheFormerDidNotSign() {
    DirectorKeys next = new DirectorKeys(key(11), key(12), key(13), key(14));
    RootMetadata first = RootMetadata.parse(ROOT, "1.root.json");
    byte[] good = RootMetadata.createNext(2, next, key(1), ROOT_EXPIRES);
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

    byte[] forged = RootMetadata.createNext(2, next, key(66), ROOT_EXPIRES);
    assertThatThrownBy(() -> first.followedBy(forged, "2.root.json"))
        .hasMessageStartingWith("2.root.json: signed by 0 keys of the root role, expected 1: key ");
    byte[] skipped = RootMetadata.createNext(3, next, key(1), ROOT_EXPIRES);
    refused(
        () -> first.followedBy(skipped, "3.root.json"),
        "3.root.json: signed.version: found '3', expected 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      textBlock =
          """
          length | 0 | length: found '0', expected a whole number, 1 or more
          length | null | length: found nothing, expected a whole number, 1 or more
          hashes.sha256 | null | hashes.sha256: found nothing, expected text
          hashes.sha512 | null | hashes.sha512: found nothing, expected text
          hashes.sha512 | 'ab' | hashes.sha512: found 'ab', expected 128 lower-case hex digits
          custom.releaseCounter | 0 \
          | custom.releaseCounter: found '0', expected a whole number, 1 or more
          custom.releaseCounter | -1 \
          | custom.releaseCounter: found '-1', expected a whole number, 1 or more
          custom.releaseCounter | 4294967297 \
          | custom.releaseCounter: found '4294967297', expected a whole number, 2147483647 or less
          custom.ecuIdentifiers | {} | custom.ecuIdentifiers: found no ECU, expected one or more
          custom.uri | null | custom.uri: found nothing, expected text
          """)
  void anImageThatIsNotFullyDescribed(String field, @Nullable String value, String message) {
    Forgery forgery = new Forgery();
    Map<String, Object> parent = object(object(forgery.targets, "targets"), "bms-2.1.0.bin");
    String name = field;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.')) {
      parent = object(parent, name.substring(0, dot));
      name = name.substring(dot + 1);
    }
    if (value == null) {
      parent.remove(name);
    } else {
      parent.put(
          name,
          value.equals("{}")
              ? Map.of()
              : value.equals("ab") ? value : (Object) Long.valueOf(value));
    }
    refused(forgery.files(), VIN + "/7.targets.json: signed.targets.bms-2.1.0.bin." + message);
  }

  @Test
  void anImageWhoseNameLeavesItsFolder() {
    Forgery forgery = new Forgery();
    Map<String, Object> targets = object(forgery.targets, "targets");
    targets.put("../../boot.bin", object(targets, "bms-2.1.0.bin"));
    targets.remove("bms-2.1.0.bin");
    refused(
        forgery.files(),
        VIN
            + "/7.targets.json: signed.targets.../../boot.bin: ECU 'BMS-0001': file name is"
            + " '../../boot.bin', expected letters, digits, '.', '_' and '-', 200 at most");
  }

  @Test
  void oneKindOfMetadataInPlaceOfAnother() {
    Forgery forgery = new Forgery();
    forgery.targets.put("_type", "snapshot");
    refused(
        forgery.files(),
        VIN + "/7.targets.json: signed._type: found 'snapshot', expected 'targets'");
    forgery.timestamp.put("spec_version", "2.0.0");
    refused(
        forgery.files(),
        VIN + "/timestamp.json: signed.spec_version: found '2.0.0', expected '1.0.34'");
  }

  @Test
  void noChangeOfAnyByteGoesUnnoticed() {
    Map<String, byte[]> files = SIGNER.sign(request()).files();
    Random random = new Random(42);
    for (int i = 0; i < 1500; i++) {
      Map<String, byte[]> changed = new HashMap<>(files);
      String name = List.of(TIMESTAMP, SNAPSHOT, TARGETS).get(i % 3);
      byte[] bytes = bytes(files, name).clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      changed.put(name, bytes);
      assertThatThrownBy(() -> VERIFIER.verify(VIN, changed, NOW, null))
          .isInstanceOfSatisfying(
              ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED))
          .hasMessageStartingWith(VIN + "/");
    }
  }

  /** Metadata that was changed and then signed anew, all along the chain. */
  private static final class Forgery {
    private final Map<String, Object> targets;
    private final Map<String, Object> snapshot;
    private final Map<String, Object> timestamp;
    private SigningKey targetsKey = KEYS.targets();

    Forgery() {
      ManifestBundle bundle = SIGNER.sign(request());
      targets = signed(bundle.targets());
      snapshot = signed(bundle.snapshot());
      timestamp = signed(bundle.timestamp());
    }

    Map<String, byte[]> files() {
      byte[] targetsFile = SignedDocument.sign(targets, List.of(targetsKey));
      list(snapshot, "targets.json", targetsFile);
      byte[] snapshotFile = SignedDocument.sign(snapshot, List.of(KEYS.snapshot()));
      list(timestamp, "snapshot.json", snapshotFile);
      byte[] timestampFile = SignedDocument.sign(timestamp, List.of(KEYS.timestamp()));
      return Map.of(TARGETS, targetsFile, SNAPSHOT, snapshotFile, TIMESTAMP, timestampFile);
    }

    private static void list(Map<String, Object> listing, String name, byte[] file) {
      Map<String, Object> meta = object(object(listing, "meta"), name);
      meta.put("length", file.length);
      meta.put("hashes", Map.of("sha256", Hashes.sha256(file)));
    }
  }

  private static Map<String, Object> signed(byte[] document) {
    return object(IndependentVerifier.parse(document), "signed");
  }

  private static byte[] bytes(Map<String, byte[]> files, String name) {
    return requireNonNull(files.get(name));
  }

  private static void refused(Map<String, byte[]> files, String message) {
    refused(() -> VERIFIER.verify(VIN, files, NOW, null), message);
  }

  private static void refused(ThrowingCallable act, String message) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED))
        .hasMessage(message);
  }
}
