package convoy.data.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
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
  void aStoredKeyIsForItsOwnerAloneAndSignsAsBefore() throws Exception {
    Path file = folder.resolve("keys/director/targets.pem");
    KeyFiles.store(file, KEY);

    assertThat(modeOf(file)).isEqualTo("rw-------");
    assertThat(modeOf(folder.resolve("keys"))).isEqualTo("rwx------");
    assertThat(modeOf(folder.resolve("keys/director"))).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder.resolve("keys/director"))) {
      assertThat(files).containsExactly(file);
    }
    byte[] message = "wave 1".getBytes(UTF_8);
    SigningKey loaded = KeyFiles.load(file);
    assertThat(loaded.keyid()).isEqualTo(KEY.keyid());
    assertThat(KEY.publicKey().verifies(message, loaded.sign(message))).isTrue();
  }

  @Test
  void aKeyIsNeverOverwritten() throws Exception {
    Path file = folder.resolve("root.pem");
    KeyFiles.store(file, KEY);
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> KeyFiles.store(file, SigningKey.generate()))
        .hasMessage(file + ": there is a key already, expected no file: move it away first");
    assertThat(file).hasBinaryContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
  void aKeyThatOthersCanReachIsNotUsed(String mode) throws Exception {
    Path file = folder.resolve("root.pem");
    KeyFiles.store(file, KEY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> KeyFiles.load(file))
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
          -----BEGIN PRIVATE KEY-----;AAAA;-----END PRIVATE KEY----- \
          | found not a readable private key, expected an Ed25519 key in PKCS#8
          """)
  void saysWhatIsWrongWithAKeyFile(String content, String message) throws Exception {
    Path file = owned("bad.pem", content.replace(';', '\n'));

    assertThatThrownBy(() -> KeyFiles.load(file)).hasMessage(file + ": " + message);
  }

  @Test
  void aKeyOfAnotherAlgorithmIsRefused() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    Path file =
        owned(
            "ec.pem",
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");

    assertThatThrownBy(() -> KeyFiles.load(file))
        .hasMessage(
            file + ": found a key of algorithm 1.2.840.10045.2.1, expected Ed25519 (1.3.101.112)");
  }

  @Test
  void aMissingKeyIsNamed() {
    Path file = folder.resolve("none.pem");
    assertThatThrownBy(() -> KeyFiles.load(file))
        .hasMessage(file + ": no such file, expected a private key");
    assertThatThrownBy(() -> KeyFiles.loadPublic(file))
        .hasMessage(file + ": no such file, expected a public key");
  }

  @Test
  void aDamagedKeyFileIsRefusedOrGivesAnotherKeyButNeverBreaksTheProgram() throws Exception {
    byte[] pem = Pem.encode(KEY);
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = pem.clone();
      damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(95));
      try {
        assertThat(Pem.signingKey(new String(damaged, US_ASCII), "x.pem").keyid()).hasSize(64);
      } catch (ConvoyException e) {
        assertThat(e).hasMessageStartingWith("x.pem: found ");
      }
    }
  }

  @Test
  void openSslReadsBothKeys() throws Exception {
    Commands.assumeInstalled("openssl");
    Path file = folder.resolve("targets.pem");
    Path publicFile = folder.resolve("targets.pub.pem");
    KeyFiles.store(file, KEY);
    KeyFiles.storePublic(publicFile, KEY.publicKey());

    byte[] derived =
        Commands.run(new byte[0], "openssl", "pkey", "-in", file.toString(), "-pubout");
    assertThat(new String(derived, US_ASCII))
        .isEqualTo(Files.readString(publicFile))
        .isEqualTo(KEY.publicKey().toPem());
    assertThat(KeyFiles.loadPublic(publicFile)).isEqualTo(KEY.publicKey());
  }

  @Test
  void aKeyMadeByOpenSslCanBeUsed() throws Exception {
    Commands.assumeInstalled("openssl");
    Path file = folder.resolve("made.pem");
    Commands.run(
        new byte[0], "openssl", "genpkey", "-algorithm", "ed25519", "-out", file.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    SigningKey key = KeyFiles.load(file);
    byte[] message = {1, 2, 3};
    assertThat(key.publicKey().verifies(message, key.sign(message))).isTrue();
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
