package convoy.scheduler.cli;

import convoy.data.trust.SigningKey;
import java.nio.file.Path;
import java.util.ArrayList;
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

  List<SigningKey> open() {
    return files.stream().map(file -> Passwords.open(file, passwordFile)).toList();
  }
}
