package convoy.scheduler.cli;

import convoy.data.trust.PrivateKeyFile;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Root keys that do not lie in the home, for commands that make a next root. */
final class RootKeyOptions {
  @Option(
      names = "--root-key",
      paramLabel = "FILE",
      description =
          "A root key that is kept elsewhere, PKCS#12; can be given several times. Those in the home sign anyway.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--root-password-file",
      paramLabel = "FILE",
      description =
          "Holds the password of those keys, for its owner alone (default: NAME.password beside each; without it, the password is asked for).")
  private @Nullable Path passwordFile;

  List<SigningKey> open() throws IOException {
    List<SigningKey> keys = new ArrayList<>();
    for (Path file : files) {
      keys.add(open(file, passwordFile));
    }
    return keys;
  }

  static SigningKey open(Path file, @Nullable Path passwordFile) throws IOException {
    char[] password = Passwords.known(file, passwordFile);
    try {
      return PrivateKeyFile.open(file, password).key();
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
