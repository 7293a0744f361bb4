package convoy.data.manifest;

import static convoy.data.manifest.Forgery.SIGNER;
import static convoy.data.manifest.Forgery.VERIFIER;
import static convoy.data.manifest.Forgery.refused;
import static convoy.data.manifest.ManifestFixtures.NOW;
import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.manifest.ManifestFixtures.request;
import static convoy.data.trust.IndependentVerifier.object;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attacks by someone who can sign as the targets role. */
class TargetsAttackTest {

  @Test
  void delegations() {
    Forgery forgery = new Forgery();
    forgery.targets.put("delegations", Map.of("keys", Map.of(), "roles", List.of()));
    refused(
        forgery.files(),
        VIN + "/7.targets.json: signed.delegations: found delegations, a Director never delegates");
  }

  /** A vehicle that took it for another one would ask, or not ask, its owner. */
  @Test
  void aConsentThatIsNotKnown() {
    Forgery forgery = new Forgery();
    object(object(forgery.targets, "custom"), "consent").put("mode", "SOFT");
    refused(
        forgery.files(),
        VIN
            + "/7.targets.json: signed.custom.consent.mode: found 'SOFT', expected one of [BY_OWNER,"
            + " FORCED, FORCED_AFTER, DOWNLOAD_ONLY]");
  }

  @Test
  void anEcuListedTwice() {
    Forgery forgery = new Forgery();
    Map<String, Object> entry = object(object(forgery.targets, "targets"), "TCU.7.tcu-2.1.0.bin");
    object(object(entry, "custom"), "ecuIdentifiers")
        .put("BMS-0001", Map.of("hardwareId", "TCU-HW3"));
    refused(
        forgery.files(),
        VIN
            + "/7.targets.json: signed.targets: ECU 'BMS-0001' is listed for BMS.7.bms-2.1.0.bin and for"
            + " TCU.7.tcu-2.1.0.bin, expected once");
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
          custom.encrypted.uri | null | custom.encrypted.uri: found nothing, expected text
          custom.encrypted.length | 0 \
          | custom.encrypted.length: found '0', expected a whole number, 1 or more
          custom.encrypted.hashes.sha256 | 'ab' \
          | custom.encrypted.hashes.sha256: found 'ab', expected 64 lower-case hex digits
          custom.encrypted.hashes.sha512 | null \
          | custom.encrypted.hashes.sha512: found nothing, expected text
          """)
  void anImageThatIsNotFullyDescribed(String field, @Nullable String value, String message) {
    Forgery forgery = new Forgery();
    Map<String, Object> parent = object(object(forgery.targets, "targets"), "BMS.7.bms-2.1.0.bin");
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
    refused(
        forgery.files(), VIN + "/7.targets.json: signed.targets.BMS.7.bms-2.1.0.bin." + message);
  }

  @Test
  void anImageWhoseNameLeavesItsFolder() {
    Forgery forgery = new Forgery();
    Map<String, Object> targets = object(forgery.targets, "targets");
    targets.put("../../boot.bin", object(targets, "BMS.7.bms-2.1.0.bin"));
    targets.remove("BMS.7.bms-2.1.0.bin");
    refused(
        forgery.files(),
        VIN
            + "/7.targets.json: signed.targets.../../boot.bin: image '../../boot.bin': file name is"
            + " '../../boot.bin', expected letters, digits, '.', '_' and '-', 200 at most");
  }

  @Test
  void anImageForHardwareThatTheEcuDoesNotHaveOrForAnEarlierRelease() {
    VerifiedManifest manifest = VERIFIER.verify(VIN, SIGNER.sign(request()), NOW, null);
    KnownEcu bms = new KnownEcu("BMS-HW3", 7);
    KnownEcu tcu = new KnownEcu("TCU-HW3", 0);
    assertThatCode(
            () -> manifest.requireFits(manifest.all(), Map.of("BMS-0001", bms, "TCU-0002", tcu)))
        .doesNotThrowAnyException();
    refused(
        () -> manifest.requireFits(manifest.all(), Map.of("BMS-0001", bms)),
        VIN + " version 7: ECU 'TCU-0002': not an ECU of this vehicle, expected one of its own");
    refused(
        () ->
            manifest.requireFits(
                manifest.all(), Map.of("BMS-0001", new KnownEcu("BMS-HW2", 1), "TCU-0002", tcu)),
        VIN
            + " version 7: ECU 'BMS-0001': image for hardware 'BMS-HW3', expected its own,"
            + " 'BMS-HW2'");
    refused(
        () ->
            manifest.requireFits(
                manifest.all(), Map.of("BMS-0001", new KnownEcu("BMS-HW3", 8), "TCU-0002", tcu)),
        VIN
            + " version 7: ECU 'BMS-0001': release counter 7, expected 8 or more, which it has"
            + " taken before");
  }
}
