package convoy.data.manifest;

import static convoy.data.manifest.Forgery.SIGNER;
import static convoy.data.manifest.Forgery.VERIFIER;
import static convoy.data.manifest.Forgery.refused;
import static convoy.data.manifest.Forgery.signed;
import static convoy.data.manifest.ManifestFixtures.EXPIRES;
import static convoy.data.manifest.ManifestFixtures.ISSUED;
import static convoy.data.manifest.ManifestFixtures.NOW;
import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.manifest.ManifestFixtures.images;
import static convoy.data.manifest.ManifestFixtures.key;
import static convoy.data.manifest.ManifestFixtures.request;
import static convoy.data.manifest.ManifestFixtures.root;
import static convoy.data.manifest.ManifestFixtures.target;
import static convoy.data.trust.IndependentVerifier.object;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.trust.Hashes;
import convoy.data.trust.IndependentVerifier;
import convoy.data.trust.SignedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image repository as vehicles check it, and a Director that says something else. */
class ImageRepositoryTest {
  private static final byte[] IMAGE_ROOT = root(Repository.IMAGE, 31);
  private static final ImageSigner IMAGE_SIGNER = new ImageSigner(key(33), key(34));
  private static final ImageTargets LISTED =
      new ImageTargets(
          3,
          ISSUED.plus(Duration.ofDays(365)),
          images(target("BMS", "BMS-0001", 1), target("TCU", "TCU-0002", 2)));

  @TempDir private Path folder;

  @BeforeEach
  void publish() throws IOException {
    write(files(LISTED.content()));
  }

  private static Map<String, byte[]> files(Map<String, Object> targets) {
    byte[] file = SignedDocument.sign(targets, List.of(key(32)));
    Map<String, byte[]> files = new HashMap<>(IMAGE_SIGNER.sign(5, EXPIRES, 3, file));
    files.put("1.root.json", IMAGE_ROOT);
    files.put("3.targets.json", file);
    return files;
  }

  private void write(Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private ImageRepository open() throws IOException {
    return ImageRepository.open(folder, NOW);
  }

  @Test
  void aVehicleFindsWhatWasListedAndItsManifestMatches() throws IOException {
    ImageRepository repository = open();
    assertThat(repository.targets()).isEqualTo(LISTED);
    assertThat(repository.expires()).isEqualTo(EXPIRES);
    VerifiedManifest manifest = VERIFIER.verify(VIN, SIGNER.sign(request()), NOW, null);
    assertThat(manifest.requireMatch(repository.targets())).isSameAs(manifest);
  }

  @Test
  void theExampleBesideTheFormatPageIsWhatIsSigned() {
    Path example = Path.of("../docs/formats/update-manifest/image");
    files(LISTED.content())
        .forEach((name, bytes) -> assertThat(example.resolve(name)).hasBinaryContent(bytes));
  }

  @Test
  void theFilesAreSignedByTheKeysOfTheirRoles() {
    Map<String, byte[]> files = files(LISTED.content());
    Map.of("1.root.json", 31, "3.targets.json", 32, "5.snapshot.json", 33, "timestamp.json", 34)
        .forEach(
            (name, seed) ->
                assertThat(
                        IndependentVerifier.isSignedBy(
                            Forgery.bytes(files, name), key(seed).publicKey().hex()))
                    .as(name)
                    .isTrue());
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("5.snapshot.json"));
    refused(this::open, "image/5.snapshot.json: missing, expected this file");
    Files.delete(folder.resolve("timestamp.json"));
    refused(this::open, "image/timestamp.json: missing, expected this file");
  }

  @Test
  void whatIsExpiredIsRefused() throws IOException {
    refused(
        () -> ImageRepository.open(folder, EXPIRES),
        "image/timestamp.json: expired at 2026-03-15T12:00:00Z, and it is 2026-03-15T12:00:00Z");
    ImageTargets old = new ImageTargets(3, NOW, LISTED.images());
    write(files(old.content()));
    refused(
        this::open,
        "image/3.targets.json: expired at 2026-03-02T00:00:00Z, and it is 2026-03-02T00:00:00Z");
    refused(
        () -> ImageRepository.open(folder, ManifestFixtures.ROOT_EXPIRES),
        "image/1.root.json: expired at 2036-03-01T00:00:00Z, and it is 2036-03-01T00:00:00Z");
  }

  @Test
  void targetsThatAreNotTheListedOnesOrSignedByAnotherKey() throws IOException {
    byte[] good = Forgery.bytes(files(LISTED.content()), "3.targets.json");
    byte[] other = SignedDocument.sign(LISTED.content(), List.of(key(66)));
    Files.write(folder.resolve("3.targets.json"), other);
    refused(
        this::open,
        "image/3.targets.json: SHA-256 "
            + Hashes.sha256(other)
            + ", expected "
            + Hashes.sha256(good)
            + " as listed in image/5.snapshot.json");
    write(IMAGE_SIGNER.sign(5, EXPIRES, 3, other));
    refused(
        this::open,
        "image/3.targets.json: signed by 0 keys of the targets role, expected 1: key "
            + key(66).publicKey().shortId()
            + " is not a key of the targets role");
    write(IMAGE_SIGNER.sign(6, EXPIRES, 2, good));
    refused(this::open, "image/2.targets.json: missing, expected this file");
  }

  @Test
  void delegations() throws IOException {
    Map<String, Object> targets = signed(Forgery.bytes(files(LISTED.content()), "3.targets.json"));
    targets.put("delegations", Map.of());
    write(files(targets));
    refused(
        this::open,
        "image/3.targets.json: signed.delegations: found delegations, expected all images in this"
            + " file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      textBlock =
          """
          length | 0 | length: found '0', expected a whole number, 1 or more
          hashes.sha512 | null | hashes.sha512: found nothing, expected text
          custom.releaseCounter | 0 | custom.releaseCounter: found '0', expected a whole number, 1 or more
          custom.hardwareIds | null | custom.hardwareIds: found nothing, expected a list
          custom.module | null | custom.module: found nothing, expected text
          custom.encrypted.hashes.sha256 | 'ab' | custom.encrypted.hashes.sha256: found 'ab', expected 64 lower-case hex digits
          """)
  void anImageThatIsNotFullyDescribed(String path, @Nullable String value, String message)
      throws IOException {
    Map<String, Object> targets = signed(Forgery.bytes(files(LISTED.content()), "3.targets.json"));
    Map<String, Object> parent = object(object(targets, "targets"), "BMS.7.bms-2.1.0.bin");
    String[] steps = path.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      parent = object(parent, steps[i]);
    }
    if (value == null) {
      parent.remove(steps[steps.length - 1]);
    } else {
      parent.put(steps[steps.length - 1], value.matches("[0-9]+") ? Integer.valueOf(value) : value);
    }
    write(files(targets));
    refused(this::open, "image/3.targets.json: signed.targets.BMS.7.bms-2.1.0.bin." + message);
  }

  /** What the image repository says of the image, and what the Director's other word is called. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          module | BMX | module BMS, expected BMX
          version | 2.1.1 | version 2.1.0, expected 2.1.1
          releaseCounter | 8 | release counter 7, expected 8
          hardwareIds | BMS-HW9 | hardware id BMS-HW3, expected one of [BMS-HW9]
          length | 5 | length 1048576, expected 5
          encrypted | 6 | length of the encrypted image 1048853, expected 6
          """)
  void aDirectorThatSaysSomethingElse(String field, String value, String message)
      throws IOException {
    Map<String, Object> targets = signed(Forgery.bytes(files(LISTED.content()), "3.targets.json"));
    Map<String, Object> entry = object(object(targets, "targets"), "BMS.7.bms-2.1.0.bin");
    Map<String, Object> custom = object(entry, "custom");
    switch (field) {
      case "length" -> entry.put("length", Integer.valueOf(value));
      case "encrypted" -> object(custom, "encrypted").put("length", Integer.valueOf(value));
      case "hardwareIds" -> custom.put(field, List.of(value));
      case "releaseCounter" -> custom.put(field, Integer.valueOf(value));
      default -> custom.put(field, value);
    }
    refusedByVehicle(targets, message);
  }

  @ParameterizedTest
  @CsvSource({"sha256, 32, SHA-256", "sha512, 64, SHA-512"})
  void aDirectorThatNamesAnotherImage(String hash, int bytes, String name) throws IOException {
    String other = "0".repeat(2 * bytes);
    for (boolean encrypted : new boolean[] {false, true}) {
      Map<String, Object> targets =
          signed(Forgery.bytes(files(LISTED.content()), "3.targets.json"));
      Map<String, Object> entry = object(object(targets, "targets"), "BMS.7.bms-2.1.0.bin");
      Map<String, Object> described =
          encrypted ? object(object(entry, "custom"), "encrypted") : entry;
      String found = String.valueOf(object(described, "hashes").put(hash, other));
      refusedByVehicle(
          targets,
          name + (encrypted ? " of the encrypted image " : " ") + found + ", expected " + other);
    }
  }

  @Test
  void aDirectorThatNamesAnImageThatIsNotListed() throws IOException {
    Map<String, Object> targets = signed(Forgery.bytes(files(LISTED.content()), "3.targets.json"));
    object(targets, "targets").remove("BMS.7.bms-2.1.0.bin");
    write(files(targets));
    refused(
        this::verified,
        VIN
            + " version 7: image BMS.7.bms-2.1.0.bin for ECU 'BMS-0001': the image repository does"
            + " not list it, expected it in its 3.targets.json");
  }

  @Test
  void anImageForAnyHardwareFitsAll() throws IOException {
    Map<String, Object> targets = signed(Forgery.bytes(files(LISTED.content()), "3.targets.json"));
    object(object(object(targets, "targets"), "BMS.7.bms-2.1.0.bin"), "custom")
        .put("hardwareIds", List.of());
    write(files(targets));
    assertThat(verified().targets()).hasSize(2);
  }

  private void refusedByVehicle(Map<String, Object> targets, String message) throws IOException {
    write(files(targets));
    refused(
        this::verified,
        VIN
            + " version 7: image BMS.7.bms-2.1.0.bin for ECU 'BMS-0001': the Director says "
            + message
            + " as the image repository has it");
  }

  private VerifiedManifest verified() throws IOException {
    return VERIFIER.verify(VIN, SIGNER.sign(request()), NOW, null).requireMatch(open().targets());
  }
}
