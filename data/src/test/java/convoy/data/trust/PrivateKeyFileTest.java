package convoy.data.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateKeyFileTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:30:00Z");
  private static final String PASSWORD = "a long enough one";
  private static final SigningKey KEY = SigningKey.generate();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void store() throws IOException {
    file = folder.resolve("operators/bob.p12");
    store(file, PASSWORD);
  }

  private static void store(Path to, String password) throws IOException {
    PrivateKeyFile.store(
        to, KEY, "bob", password.toCharArray(), NOW, NOW.plus(Duration.ofDays(730)));
  }

  @Test
  void theKeyComesBackUnderItsPasswordOnly() throws IOException {
    assertThat(PrivateKeyFile.open(file, PASSWORD.toCharArray()).key().keyid())
        .isEqualTo(KEY.keyid());
    assertThat(PrivateKeyFile.open(file, PASSWORD.toCharArray()).validUntil())
        .isEqualTo(NOW.plus(Duration.ofDays(730)));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    refused(
        () -> PrivateKeyFile.open(file, "a long enough two".toCharArray()),
        ErrorCode.NOT_TRUSTED,
        file + ": the password does not open it");
  }

  @Test
  void aP256KeyComesBackToo() throws IOException {
    SigningKey key = SigningKey.generate(SignatureScheme.ECDSA_P256);
    Path other = folder.resolve("pia.p12");
    PrivateKeyFile.store(
        other, key, "pia", PASSWORD.toCharArray(), NOW, NOW.plus(Duration.ofDays(730)));
    PrivateKeyFile.Opened opened = PrivateKeyFile.open(other, PASSWORD.toCharArray());
    assertThat(opened.validUntil()).isEqualTo(NOW.plus(Duration.ofDays(730)));
    assertThat(opened.key().publicKey()).isEqualTo(key.publicKey());
    assertThat(opened.key().sign(new byte[3])).isEqualTo(key.sign(new byte[3]));
  }

  @Test
  void theSeedDoesNotStandInTheFile() throws IOException {
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    byte[] pkcs8 = Pem.pkcs8(KEY);
    byte[] seed = Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length);
    assertThat(bytes).doesNotContain(new String(seed, StandardCharsets.ISO_8859_1));
  }

  @Test
  void aKeyIsNeverOverwritten() {
    refused(
        () -> store(file, PASSWORD),
        ErrorCode.NOT_TRUSTED,
        file + ": there is a key already, expected no file: move it away first");
  }

  @Test
  void aShortPasswordIsRefusedAndNotRepeated() {
    Path other = folder.resolve("carol.p12");
    refused(
        () -> store(other, "elevenchars"),
        ErrorCode.USAGE,
        other + ": found a password of 11 characters, expected 12 or more");
    assertThat(other).doesNotExist();
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    refused(
        () -> PrivateKeyFile.open(file, PASSWORD.toCharArray()),
        ErrorCode.NOT_TRUSTED,
        file
            + ": permissions are rw-r-----, expected rw------- (chmod 600): a private key is for"
            + " its owner alone");
  }

  @Test
  void aFileThatIsNoPkcs12IsRefused() throws IOException {
    Files.writeString(file, "not a key store at all");
    assertThatThrownBy(() -> PrivateKeyFile.open(file, PASSWORD.toCharArray()))
        .isInstanceOf(ConvoyException.class)
        .hasMessageStartingWith(file + ": expected a PKCS#12 file: ");
  }

  @Test
  void aPasswordFileHoldsOneLineForItsOwnerAlone() throws IOException {
    Path password = folder.resolve("bob.password");
    Files.writeString(password, "über lang genug\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    assertThat(new String(PasswordFile.read(password))).isEqualTo("über lang genug");

    Files.writeString(password, "one\ntwo\n");
    refused(
        () -> PasswordFile.read(password),
        ErrorCode.NOT_TRUSTED,
        password + ": found more than one line, expected one line with a password");
    Files.writeString(password, "\n");
    refused(
        () -> PasswordFile.read(password),
        ErrorCode.NOT_TRUSTED,
        password + ": found nothing, expected one line with a password");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw----r--"));
    refused(
        () -> PasswordFile.read(password),
        ErrorCode.NOT_TRUSTED,
        password
            + ": permissions are rw----r--, expected rw------- (chmod 600): a password is for its"
            + " owner alone");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable act, ErrorCode code, String message) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(ConvoyException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }
}
