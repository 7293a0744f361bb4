package convoy.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.image.ImageCipher;
import convoy.data.image.ImageKey;
import convoy.data.image.KeySealer;
import convoy.data.image.RecipientCertificate;
import convoy.data.io.FileDigest;
import convoy.data.manifest.EncryptedImage;
import convoy.data.manifest.ManifestImage;
import convoy.data.manifest.ManifestTarget;
import convoy.jobs.samples.SampleData;
import convoy.jobs.samples.SampleSpec;
import convoy.jobs.simulate.ImageOpening.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ECU with its key, as docs/formats/update-manifest.md has it, on sample ECUs and real files.
 */
class ImageOpeningTest {
  private static final Instant NOW = Instant.parse("2026-11-20T22:00:00Z");
  private static final String ECU = "ABSW0000019";
  private static final String OTHER = "ABSW0000020";
  private static final ImageKey KEY = new ImageKey("0f".repeat(32));

  @TempDir Path folder;
  private Path keys;
  private Path clear;
  private Path encrypted;

  @BeforeEach
  void make() throws IOException {
    keys = folder.resolve("ecu-keys");
    assertThat(write(keys).ecuKeys()).isPositive();
    clear = Files.write(folder.resolve("image"), new byte[] {1, 2, 3});
    encrypted = folder.resolve("image.cms");
    encrypt(new byte[] {1, 2, 3}, KEY);
  }

  @Test
  void aFolderThatIsThereKeepsItsPermissions() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    var before = Files.getPosixFilePermissions(there);
    write(there);
    assertThat(Files.getPosixFilePermissions(there)).isEqualTo(before);
  }

  private SampleData.Exports write(Path keys) {
    return SampleData.writeWithEcuKeys(
        folder.resolve("exports"), new SampleSpec(7, 80, 0, NOW), keys);
  }

  private void encrypt(byte[] image, ImageKey key) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageCipher.encrypt(new ByteArrayInputStream(image), out, key);
    Files.write(encrypted, out.toByteArray());
  }

  private String sealedFor(String serial, ImageKey key) throws Exception {
    byte[] certificate = new EcuKeys(keys).of(serial).orElseThrow().certificate().getEncoded();
    return Base64.getEncoder()
        .encodeToString(new KeySealer(key).seal(RecipientCertificate.of(certificate)));
  }

  private Optional<Refusal> refusal(String serial, @Nullable String keyPackage) throws IOException {
    return new ImageOpening(new EcuKeys(keys), image -> encrypted)
        .refusal(targets(serial, keyPackage));
  }

  private List<ManifestTarget> targets(String serial, @Nullable String keyPackage)
      throws IOException {
    FileDigest image = FileDigest.of(clear);
    FileDigest file = FileDigest.of(encrypted);
    return List.of(
        new ManifestTarget(
            serial,
            "5Q0-1",
            keyPackage,
            new ManifestImage(
                "ABS",
                "ABS.1.abs.bin",
                image.length(),
                image.sha256(),
                image.sha512(),
                "2.1.0",
                1,
                new EncryptedImage(
                    file.length(), file.sha256(), file.sha512(), "../images/image.cms"),
                0,
                0)));
  }

  @Test
  void anEcuOpensItsPackageAndItsImage() throws Exception {
    ImageOpening opening = new ImageOpening(new EcuKeys(keys), image -> encrypted);
    assertThat(opening.refusal(targets(ECU, sealedFor(ECU, KEY)))).isEmpty();
    assertThat(opening.refusal(targets(OTHER, sealedFor(OTHER, KEY)))).isEmpty();
    assertThat(opening.packages()).isEqualTo(2);
  }

  @Test
  void aPackageForAnotherEcuOrWithAnotherKeyIsRefused() throws Exception {
    assertThat(refusal(ECU, sealedFor(OTHER, KEY)))
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.fault()).isEqualTo(Fault.KEY_PACKAGE_REFUSED);
              assertThat(refusal.reason())
                  .matches(
                      "key package: sealed for another certificate, expected number [0-9a-f]+ of CN="
                          + ECU);
            });
    ImageKey another = new ImageKey("aa".repeat(32));
    assertThat(refusal(ECU, sealedFor(ECU, another)))
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.fault()).isEqualTo(Fault.KEY_PACKAGE_REFUSED);
              assertThat(refusal.reason())
                  .isEqualTo(
                      "key package: encrypted under the key [%s], expected its own key %s"
                          .formatted(KEY.id(), another.id()));
            });
  }

  @Test
  void anImageThatIsNotTheOneInTheManifestIsRefused() throws Exception {
    encrypt(new byte[] {1, 2, 4, 5}, KEY);
    assertThat(refusal(ECU, sealedFor(ECU, KEY)))
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.fault()).isEqualTo(Fault.VERIFY_FAILED);
              assertThat(refusal.reason())
                  .matches(
                      "image opened: found 4 bytes with SHA-256 [0-9a-f]{64}, expected 3 with [0-9a-f]{64}");
            });
  }

  @Test
  void anEcuWithoutAPackageOrAKeyOpensNothing() throws Exception {
    assertThat(refusal(ECU, null)).isEmpty();
    String sealed = sealedFor(ECU, KEY);
    assertThat(refusal("ABSW0000001", sealed)).isEmpty();
    assertThat(refusal("../" + ECU, sealed)).as("no path of a manifest is followed").isEmpty();
  }

  @Test
  void aKeyThatOthersCanReadOrThatIsNoneIsSaid() throws Exception {
    Path file = keys.resolve(ECU + ".pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
        .isEqualTo("rwx------");
    String sealed = sealedFor(ECU, KEY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> refusal(ECU, sealed))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            file
                + ": permissions are rw-r--r--, expected rw------- (chmod 600): the private key of an"
                + " ECU is for its owner alone");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    String pem = Files.readString(file);
    Files.writeString(file, pem.substring(0, pem.indexOf("-----BEGIN PRIVATE KEY")));
    assertThatThrownBy(() -> refusal(ECU, sealed))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            file
                + ": found no private key, expected the certificate of an ECU and its private key in"
                + " PKCS#8, both in PEM");
  }
}
