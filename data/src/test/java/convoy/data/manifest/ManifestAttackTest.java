package convoy.data.manifest;

import static convoy.data.manifest.Forgery.SIGNER;
import static convoy.data.manifest.Forgery.SNAPSHOT;
import static convoy.data.manifest.Forgery.TARGETS;
import static convoy.data.manifest.Forgery.TIMESTAMP;
import static convoy.data.manifest.Forgery.VERIFIER;
import static convoy.data.manifest.Forgery.bytes;
import static convoy.data.manifest.Forgery.refused;
import static convoy.data.manifest.ManifestFixtures.EXPIRES;
import static convoy.data.manifest.ManifestFixtures.KEYS;
import static convoy.data.manifest.ManifestFixtures.NOW;
import static convoy.data.manifest.ManifestFixtures.ROOT_EXPIRES;
import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.manifest.ManifestFixtures.request;
import static convoy.data.manifest.ManifestFixtures.target;
import static convoy.data.trust.IndependentVerifier.object;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Hashes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One test for each attack on a manifest; what is forged is otherwise signed as it should be. */
class ManifestAttackTest {
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
  void aKeyPackageThatIsNone() {
    Map<String, String> found =
        Map.of("MII?", "not Base64", "AQID", "not CMS", "MAOCAQA=", "not CMS");
    found.forEach(
        (text, problem) -> {
          Forgery forgery = new Forgery();
          ecu(forgery).put("keyPackage", text);
          refused(
              forgery.files(),
              VIN
                  + "/7.targets.json: signed.targets.BMS.7.bms-2.1.0.bin: ECU 'BMS-0001': key package"
                  + " is '"
                  + problem
                  + "', expected CMS AuthEnvelopedData with AES-256-GCM for one recipient, its DER in"
                  + " Base64");
        });
    Forgery forgery = new Forgery();
    ecu(forgery).put("keyPackage", 7);
    refused(
        forgery.files(),
        VIN
            + "/7.targets.json: signed.targets.BMS.7.bms-2.1.0.bin.custom.ecuIdentifiers.BMS-0001.keyPackage:"
            + " found '7', expected text");
  }

  private static Map<String, Object> ecu(Forgery forgery) {
    Map<String, Object> entry = object(object(forgery.targets, "targets"), "BMS.7.bms-2.1.0.bin");
    return object(object(object(entry, "custom"), "ecuIdentifiers"), "BMS-0001");
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
}
