package convoy.data.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {
  private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);

  @TempDir Path folder;

  @Test
  void aStoredKeyIsForItsOwnerAloneAndComesBack() throws Exception {
    Path file = folder.resolve("keys/images/images.pem");
    KeyFiles.storePkcs8(file, Pem.pkcs8(KEY));

    assertThat(modeOf(file)).isEqualTo("rw-------");
    assertThat(modeOf(folder.resolve("keys"))).isEqualTo("rwx------");
    assertThat(modeOf(folder.resolve("keys/images"))).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder.resolve("keys/images"))) {
      assertThat(files).containsExactly(file);
    }
    assertThat(KeyFiles.loadPkcs8(file)).isEqualTo(Pem.pkcs8(KEY));
  }

  @Test
  void aKeyIsNeverOverwritten() throws Exception {
    Path file = folder.resolve("root.pem");
    KeyFiles.storePkcs8(file, Pem.pkcs8(KEY));
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> KeyFiles.storePkcs8(file, Pem.pkcs8(SigningKey.generate())))
        .hasMessage(file + ": there is a key already, expected no file: move it away first");
    assertThat(file).hasBinaryContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
  void aKeyThatOthersCanReachIsNotUsed(String mode) throws Exception {
    Path file = folder.resolve("root.pem");
    KeyFiles.storePkcs8(file, Pem.pkcs8(KEY));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> KeyFiles.loadPkcs8(file))
        .isInstanceOfSatisfying(
            ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED))
        .hasMessage(
            file
                + ": permissions are "
                + mode
                + ", expected rw------- (chmod 600): a private key is for its owner alone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hello | found no PEM block, expected -----BEGIN PRIVATE KEY-----
          -----BEGIN RSA PRIVATE KEY-----;AAAA;-----END RSA PRIVATE KEY----- \
          | found -----BEGIN RSA PRIVATE KEY-----, expected -----BEGIN PRIVATE KEY-----
          """)
  void saysWhatIsWrongWithAKeyFile(String content, String message) throws Exception {
    Path file = owned("bad.pem", content.replace(';', '\n'));

    assertThatThrownBy(() -> KeyFiles.loadPkcs8(file)).hasMessage(file + ": " + message);
  }

  @Test
  void aKeyOfAnotherKindIsRefused() throws Exception {
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    curve.initialize(new ECGenParameterSpec("secp384r1"));
    byte[] p384 = curve.generateKeyPair().getPrivate().getEncoded();
    assertThatThrownBy(() -> Pem.signingKey(p384, "ec.p12"))
        .hasMessage(
            "ec.p12: found a key on curve 1.3.132.0.34, expected Ed25519 (1.3.101.112) or P-256"
                + " (1.2.840.10045.3.1.7)");
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    String expected =
        "rsa: found a key of algorithm 1.2.840.113549.1.1.1, expected Ed25519 (1.3.101.112) or"
            + " P-256 (1.2.840.10045.3.1.7)";
    assertThatThrownBy(() -> Pem.signingKey(rsa.getPrivate().getEncoded(), "rsa"))
        .hasMessage(expected);
    String pem = new String(Pem.armour("PUBLIC KEY", rsa.getPublic().getEncoded()), US_ASCII);
    assertThatThrownBy(() -> PublicKey.fromPem(pem, "rsa")).hasMessage(expected);
    assertThatThrownBy(() -> Pem.signingKey(new byte[3], "x.p12"))
        .hasMessage(
            "x.p12: found not a readable private key, expected an Ed25519 or P-256 key in PKCS#8");
  }

  @Test
  void aMissingKeyIsNamed() {
    Path file = folder.resolve("none.pem");
    assertThatThrownBy(() -> KeyFiles.loadPkcs8(file))
        .hasMessage(file + ": no such file, expected a private key");
    assertThatThrownBy(() -> KeyFiles.loadPublic(file))
        .hasMessage(file + ": no such file, expected a public key");
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedKeyIsRefusedOrIsAnotherKeyButNeverBreaksTheProgram(SignatureScheme scheme) {
    SigningKey key = key(scheme);
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = Pem.pkcs8(key);
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        assertThat(Pem.signingKey(damaged, "x.p12").keyid()).hasSize(64);
      } catch (ConvoyException e) {
        assertThat(e).hasMessageStartingWith("x.p12: found ");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void openSslReadsBothHalvesOfAKeyAndVerifiesWhatItSigned(SignatureScheme scheme)
      throws Exception {
    Commands.assumeInstalled("openssl");
    SigningKey key = key(scheme);
    Path file = folder.resolve("targets.pem");
    Path publicFile = folder.resolve("targets.pub.pem");
    KeyFiles.storePkcs8(file, Pem.pkcs8(key));
    KeyFiles.storePublic(publicFile, key.publicKey());

    byte[] derived =
        Commands.run(new byte[0], "openssl", "pkey", "-in", file.toString(), "-pubout");
    assertThat(new String(derived, US_ASCII))
        .isEqualTo(Files.readString(publicFile))
        .isEqualTo(key.publicKey().toPem());
    assertThat(KeyFiles.loadPublic(publicFile)).isEqualTo(key.publicKey());

    Path message = Files.writeString(folder.resolve("message"), "what is signed");
    Path signature = folder.resolve("sig");
    Files.write(signature, HexFormat.of().parseHex(key.sign(Files.readAllBytes(message))));
    byte[] said =
        Commands.run(
            new byte[0],
            "openssl",
            "pkeyutl",
            "-verify",
            "-rawin",
            "-pubin",
            "-inkey",
            publicFile.toString(),
            "-in",
            message.toString(),
            "-sigfile",
            signature.toString());
    assertThat(new String(said, US_ASCII)).isEqualTo("Signature Verified Successfully\n");
  }

  private static SigningKey key(SignatureScheme scheme) {
    return scheme == SignatureScheme.ED25519 ? KEY : SigningKey.ofNumber(BigInteger.TEN);
  }

  @Test
  void theTextOfAKeyDoesNotShowIt() {
    assertThat(KEY.toString()).isEqualTo("SigningKey[" + KEY.keyid() + "]");
  }

  private Path owned(String name, String content) throws Exception {
    Path file = Files.writeString(folder.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String modeOf(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
