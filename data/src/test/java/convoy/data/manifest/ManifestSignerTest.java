package convoy.data.manifest;

import static convoy.data.manifest.ManifestFixtures.KEYS;
import static convoy.data.manifest.ManifestFixtures.NOW;
import static convoy.data.manifest.ManifestFixtures.ROOT;
import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.manifest.ManifestFixtures.certified;
import static convoy.data.manifest.ManifestFixtures.request;
import static convoy.data.manifest.ManifestFixtures.target;
import static convoy.data.manifest.ManifestFixtures.withPackage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.trust.CanonicalJson;
import convoy.data.trust.Commands;
import convoy.data.trust.Hashes;
import convoy.data.trust.IndependentVerifier;
import convoy.data.trust.KeyFiles;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestSignerTest {
  private static final ManifestSigner SIGNER = new ManifestSigner(KEYS);
  private static final ManifestVerifier VERIFIER =
      new ManifestVerifier(RootMetadata.parse(ROOT, "root.json"));

  @Test
  void aVehicleReadsWhatWasRequested() {
    ManifestRequest request = request();
    assertThat(VERIFIER.verify(VIN, SIGNER.sign(request), NOW, 6L))
        .isEqualTo(
            new VerifiedManifest(
                request.vin(),
                request.version(),
                request.campaign(),
                request.wave(),
                request.attempt(),
                request.correlationId(),
                request.issuedAt(),
                request.expiresAt(),
                request.preconditions(),
                request.owner(),
                request.targets(),
                List.of()));
  }

  @Test
  void theFilesAreCanonicalJsonSignedByTheKeysOfTheirRoles() {
    ManifestBundle bundle = SIGNER.sign(request());
    Map<byte[], SigningKey> signers =
        Map.of(
            bundle.targets(), KEYS.targets(),
            bundle.snapshot(), KEYS.snapshot(),
            bundle.timestamp(), KEYS.timestamp());
    signers.forEach(
        (file, key) -> {
          assertThat(IndependentVerifier.isSignedBy(file, key.publicKey().hex())).isTrue();
          assertThat(new String(file, UTF_8))
              .isEqualTo(IndependentVerifier.canonical(IndependentVerifier.parse(file)));
        });
    assertThat(bundle.files().keySet())
        .containsExactly("7.snapshot.json", "7.targets.json", "timestamp.json");
  }

  @Test
  void theTargetsAreLaidOutAsTheFormatPageSays() {
    ManifestBundle bundle = SIGNER.sign(request(7, target("BMS", "BMS-0001", 1)));
    ManifestTarget target = target("BMS", "BMS-0001", 1);
    EncryptedImage encrypted = target.image().encrypted();
    assertThat(IndependentVerifier.parse(bundle.targets()).get("signed"))
        .isEqualTo(
            Map.of(
                "_type",
                "targets",
                "spec_version",
                "1.0.34",
                "version",
                7,
                "expires",
                "2026-03-15T12:00:00Z",
                "custom",
                Map.of(
                    "vin",
                    VIN,
                    "campaign",
                    "bms-2026",
                    "wave",
                    1,
                    "attempt",
                    1,
                    "correlationId",
                    "bms-2026/" + VIN + "/1",
                    "issuedAt",
                    "2026-03-01T12:00:00Z",
                    "preconditions",
                    Map.of("parked", true, "batteryPercent", 50, "durationSeconds", 1500),
                    "consent",
                    Map.of("mode", "FORCED_AFTER", "from", "2026-03-08T12:00:00Z"),
                    "notification",
                    Map.of(
                        "defaultLanguage",
                        "en",
                        "texts",
                        Map.of(
                            "de",
                            Map.of(
                                "title",
                                "Batteriesteuerung",
                                "text",
                                List.of("Bitte abstellen.", "Dauert 25 Minuten.")),
                            "en",
                            Map.of(
                                "title",
                                "Battery control",
                                "text",
                                List.of("Please park.", "Takes 25 minutes."))))),
                "targets",
                Map.of(
                    "BMS.7.bms-2.1.0.bin",
                    Map.of(
                        "length", 1_048_576,
                        "hashes",
                            Map.of(
                                "sha256",
                                target.image().sha256(),
                                "sha512",
                                target.image().sha512()),
                        "custom",
                            Map.of(
                                "ecuIdentifiers",
                                Map.of("BMS-0001", Map.of("hardwareId", "BMS-HW3")),
                                "module",
                                "BMS",
                                "releaseCounter",
                                7,
                                "version",
                                "2.1.0",
                                "encrypted",
                                Map.of(
                                    "length",
                                    1_048_853,
                                    "hashes",
                                    Map.of(
                                        "sha256", encrypted.sha256(),
                                        "sha512", encrypted.sha512()),
                                    "uri",
                                    "https://images.example/"
                                        + encrypted.sha256()
                                        + ".bms-2.1.0.bin.cms"),
                                "installOrder",
                                1,
                                "installGroup",
                                1)))));
  }

  @Test
  void theSameRequestGivesTheSameBytes() {
    assertThat(SIGNER.sign(request())).isEqualTo(new ManifestSigner(KEYS).sign(request()));
    ManifestTarget bms = target("BMS", "BMS-0001", 1);
    ManifestTarget tcu = target("TCU", "TCU-0002", 2);
    assertThat(SIGNER.sign(request(7, bms, tcu))).isEqualTo(SIGNER.sign(request(7, tcu, bms)));
  }

  @Test
  void ecusThatGetTheSameImageShareItsEntry() {
    ManifestRequest request =
        request(7, target("DOOR", "DOOR-LEFT", 1), target("DOOR", "DOOR-RIGHT", 1));
    ManifestBundle bundle = SIGNER.sign(request);
    Map<String, Object> signed =
        IndependentVerifier.object(IndependentVerifier.parse(bundle.targets()), "signed");
    assertThat(IndependentVerifier.object(signed, "targets"))
        .containsOnlyKeys("DOOR.7.door-2.1.0.bin");
    assertThat(VERIFIER.verify(VIN, bundle, NOW, null).targets()).isEqualTo(request.targets());
  }

  @Test
  void anEcuWithACertificateGetsTheKeyOfItsImageAndOneWithoutDoesNot() {
    ManifestTarget left =
        withPackage(target("DOOR", "DOOR-LEFT", 1), requireNonNull(certified().keyPackage()));
    ManifestRequest request = request(7, left, target("DOOR", "DOOR-RIGHT", 1));
    ManifestBundle bundle = SIGNER.sign(request);
    Map<String, Object> entry =
        IndependentVerifier.object(
            IndependentVerifier.object(
                IndependentVerifier.object(IndependentVerifier.parse(bundle.targets()), "signed"),
                "targets"),
            "DOOR.7.door-2.1.0.bin");
    assertThat(IndependentVerifier.object(entry, "custom").get("ecuIdentifiers"))
        .isEqualTo(
            Map.of(
                "DOOR-LEFT",
                Map.of("hardwareId", "DOOR-HW3", "keyPackage", requireNonNull(left.keyPackage())),
                "DOOR-RIGHT",
                Map.of("hardwareId", "DOOR-HW3")));
    assertThat(VERIFIER.verify(VIN, bundle, NOW, null).targets()).isEqualTo(request.targets());
  }

  /** The way that docs/formats/update-manifest.md shows. */
  @Test
  void theExamplesEcuOpensItsPackageByHand() throws Exception {
    Commands.assumeInstalled("openssl", "jq");
    byte[] text =
        Commands.run(
            SIGNER.sign(request()).targets(),
            "jq",
            "-rj",
            ".signed.targets[].custom.ecuIdentifiers[\"BMS-0001\"].keyPackage // empty");
    byte[] key =
        Commands.run(
            Base64.getDecoder().decode(text),
            "openssl",
            "cms",
            "-decrypt",
            "-inform",
            "DER",
            "-recip",
            ManifestFixtures.EXAMPLE.resolve("ecu/BMS-0001.crt.pem").toString(),
            "-inkey",
            ManifestFixtures.EXAMPLE.resolve("ecu/BMS-0001.key.pem").toString());
    assertThat(HexFormat.of().formatHex(key)).isEqualTo(ManifestFixtures.IMAGE_KEY.hex());
  }

  @Test
  void aManifestMayTellAVehicleToInstallNothing() {
    assertThat(VERIFIER.verify(VIN, SIGNER.sign(request(8)), NOW, 7L).targets()).isEmpty();
  }

  @Test
  void requestsThatAVehicleWouldRefuseAreNotSigned() {
    ManifestTarget bms = target("BMS", "BMS-0001", 1);
    assertThatThrownBy(() -> request(7, bms, bms))
        .hasMessage(
            "manifest for " + VIN + ": ECU listed twice: 'BMS-0001', expected each ECU once");
    assertThatThrownBy(() -> request(7, bms, target("BMS", "BMS-0002", 2)))
        .hasMessage(
            "manifest for "
                + VIN
                + ": image described in two ways: 'BMS.7.bms-2.1.0.bin', expected the same image, module"
                + " and install order for every ECU that gets it");
    assertThatThrownBy(() -> request(0, bms))
        .hasMessage("manifest for " + VIN + ": manifest version: '0', expected 1 or more");
    assertThatThrownBy(
            () ->
                new ManifestImage(
                    "BMS",
                    "../x",
                    1,
                    bms.image().sha256(),
                    bms.image().sha512(),
                    "1",
                    1,
                    bms.image().encrypted(),
                    0,
                    0))
        .hasMessage(
            "image '../x': file name is '../x', expected letters, digits, '.', '_' and '-', 200 at"
                + " most");
    assertThatThrownBy(() -> SIGNER.sign(request(7, target("BMS", "BMS\u007f1", 1))))
        .hasMessage(
            "manifest for "
                + VIN
                + ": targets.BMS.7.bms-2.1.0.bin.custom.ecuIdentifiers.BMS?1: found the control character"
                + " U+007F, expected text without control characters");
  }

  @Test
  void theExampleBesideTheFormatPageIsWhatIsSigned() throws IOException {
    Path example = ManifestFixtures.EXAMPLE.resolve("director");
    assertThat(example.resolve("1.root.json")).hasBinaryContent(ROOT);
    SIGNER
        .sign(request())
        .files()
        .forEach(
            (name, bytes) ->
                assertThat(example.resolve(VIN).resolve(name)).hasBinaryContent(bytes));
    assertThat(Files.readString(Path.of("../docs/formats/update-manifest.md")))
        .contains(Hashes.sha256(SIGNER.sign(request()).targets()))
        .contains(
            SignedDocument.parse(SIGNER.sign(request()).timestamp(), "").signatures().get(0).sig());
  }

  /** The way that docs/formats/update-manifest.md shows. */
  @Test
  void openSslAndJqVerifyTheFilesByHand(@TempDir Path folder) throws Exception {
    Commands.assumeInstalled("openssl", "jq");
    ManifestBundle bundle =
        SIGNER.sign(request(7, target("BMS", "Größe \"1\" \\ 😀", 1), target("TCU", "TCU-2", 2)));
    verifyByHand(folder, bundle.targets(), KEYS.targets());
    verifyByHand(folder, bundle.snapshot(), KEYS.snapshot());
    verifyByHand(folder, bundle.timestamp(), KEYS.timestamp());
    verifyByHand(folder, ROOT, ManifestFixtures.key(1));
  }

  private static void verifyByHand(Path folder, byte[] file, SigningKey key) throws Exception {
    Path publicKey = folder.resolve("key.pub.pem");
    KeyFiles.storePublic(publicKey, key.publicKey());
    byte[] sig = Commands.run(file, "jq", "-rj", ".signatures[0].sig");
    Path signature =
        Files.write(folder.resolve("sig.bin"), HexFormat.of().parseHex(new String(sig, UTF_8)));
    byte[] content = Commands.run(file, "jq", "-cjS", ".signed");
    assertThat(content)
        .isEqualTo(CanonicalJson.encode(IndependentVerifier.parse(file).get("signed")));
    Path message = Files.write(folder.resolve("message.bin"), content);
    byte[] said =
        Commands.run(
            new byte[0],
            "openssl",
            "pkeyutl",
            "-verify",
            "-rawin",
            "-pubin",
            "-inkey",
            publicKey.toString(),
            "-in",
            message.toString(),
            "-sigfile",
            signature.toString());
    assertThat(new String(said, UTF_8).strip()).isEqualTo("Signature Verified Successfully");
  }
}
