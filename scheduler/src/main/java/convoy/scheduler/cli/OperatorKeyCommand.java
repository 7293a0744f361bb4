package convoy.scheduler.cli;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.KeyFiles;
import convoy.data.trust.Operator;
import convoy.data.trust.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "key",
    description = {
      "Makes a key of one's own, anywhere: NAME.p12, which stays with its owner,",
      "and NAME.pub.pem, which an administrator takes with operator add --public-key."
    })
final class OperatorKeyCommand implements Callable<Integer> {
  @Spec
  private picocli.CommandLine.Model.CommandSpec spec =
      picocli.CommandLine.Model.CommandSpec.create();

  @Parameters(paramLabel = "NAME")
  private String name = "";

  @Option(
      names = "--folder",
      defaultValue = ".",
      paramLabel = "DIR",
      description = "Where the two files go (default: here).")
  private Path folder = Path.of(".");

  @Option(
      names = "--new-password-file",
      paramLabel = "FILE",
      description = "Holds the password of the key (default: it is asked for).")
  private @Nullable Path passwordFile;

  @Override
  public Integer call() throws IOException {
    Operator.requireName(name);
    Path publicFile = folder.resolve(name + ".pub.pem");
    if (Files.exists(publicFile)) {
      throw new ConvoyException(
          ErrorCode.USAGE, publicFile + ": found a key already, expected a folder without");
    }
    Instant now = Instant.now();
    Path file = folder.resolve(name + ".p12");
    PublicKey key =
        NewKeyOptions.make(file, name, passwordFile, now, now.plus(OperatorCommand.VALID));
    KeyFiles.storePublic(publicFile, key);
    new TerminalConsole(spec.commandLine())
        .line("made %s, and its public half %s".formatted(file, publicFile));
    return 0;
  }
}
