package convoy.data.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void aKeyOfAnotherAlgorithmIsRefused() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    assertThatThrownBy(() -> Pem.signingKey(pair.getPrivate().getEncoded(), "ec.p12"))
        .hasMessage(
            "ec.p12: found a key of algorithm 1.2.840.10045.2.1, expected Ed25519 (1.3.101.112)");
    assertThatThrownBy(() -> Pem.signingKey(new byte[3], "x.p12"))
        .hasMessage("x.p12: found not a readable private key, expected an Ed25519 key in PKCS#8");
  }

  @Test
  void aMissingKeyIsNamed() {
    Path file = folder.resolve("none.pem");
    assertThatThrownBy(() -> KeyFiles.loadPkcs8(file))
        .hasMessage(file + ": no such file, expected a private key");
    assertThatThrownBy(() -> KeyFiles.loadPublic(file))
        .hasMessage(file + ": no such file, expected a public key");
  }

  @Test
  void aDamagedKeyIsRefusedOrIsAnotherKeyButNeverBreaksTheProgram() {
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = Pem.pkcs8(KEY);
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        assertThat(Pem.signingKey(damaged, "x.p12").keyid()).hasSize(64);
      } catch (ConvoyException e) {
        assertThat(e).hasMessageStartingWith("x.p12: found ");
      }
    }
  }

  @Test
  void openSslReadsBothKeys() throws Exception {
    Commands.assumeInstalled("openssl");
    Path file = folder.resolve("targets.pem");
    Path publicFile = folder.resolve("targets.pub.pem");
    KeyFiles.storePkcs8(file, Pem.pkcs8(KEY));
    KeyFiles.storePublic(publicFile, KEY.publicKey());

    byte[] derived =
        Commands.run(new byte[0], "openssl", "pkey", "-in", file.toString(), "-pubout");
    assertThat(new String(derived, US_ASCII))
        .isEqualTo(Files.readString(publicFile))
        .isEqualTo(KEY.publicKey().toPem());
    assertThat(KeyFiles.loadPublic(publicFile)).isEqualTo(KEY.publicKey());
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
