package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.data.io.AtomicFiles;
import convoy.data.trust.KeyFiles;
import convoy.data.trust.PrivateKeyFile;
import convoy.data.trust.PublicKey;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The key that an operator gets: made here, or by the operator elsewhere. */
final class NewKeyOptions {
  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description =
          "The public half, PEM, of a key that the operator made with ./convoy operator key. Without it a key is made here, in keys/operators.")
  private @Nullable Path publicKey;

  @Option(
      names = "--new-password-file",
      paramLabel = "FILE",
      description = "Holds the password of the new key (default: it is asked for).")
  private @Nullable Path newPasswordFile;

  /** The public half for a new operator; makes the key where none is given. */
  PublicKey publicKey(Home home, String operator, Instant now, Instant until) {
    try {
      return publicKey == null
          ? make(ActorOptions.keyFile(home, operator), operator, newPasswordFile, now, until)
          : KeyFiles.loadPublic(publicKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The same in place of an earlier key, whose files get other names. */
  PublicKey nextPublicKey(Home home, String operator, Instant now, Instant until) {
    Path file = ActorOptions.keyFile(home, operator);
    try {
      if (publicKey != null) {
        return KeyFiles.loadPublic(publicKey);
      }
      char[] password = Passwords.fresh(file, newPasswordFile);
      String suffix = ".until-" + now.getEpochSecond();
      setAside(file, suffix);
      if (!Passwords.beside(file).equals(newPasswordFile)) {
        setAside(Passwords.beside(file), suffix);
      }
      return store(file, operator, password, now, until);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Makes a key of an operator. */
  static PublicKey make(
      Path file, String operator, @Nullable Path passwordFile, Instant now, Instant until)
      throws IOException {
    return store(file, operator, Passwords.fresh(file, passwordFile), now, until);
  }

  private static PublicKey store(
      Path file, String operator, char[] password, Instant now, Instant until) throws IOException {
    try {
      SigningKey key = SigningKey.generate();
      PrivateKeyFile.store(file, key, operator, password, now, until);
      return key.publicKey();
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static void setAside(Path file, String suffix) throws IOException {
    if (Files.exists(file)) {
      AtomicFiles.rename(file, file.resolveSibling(file.getFileName() + suffix));
    }
  }
}
