package convoy.scheduler.cli;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.scheduler.launch.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "sign",
    description = {
      "Shows what a root or a list of images says, and adds a signature to it.",
      "Needs no home: it is for the machine on which the key is kept."
    })
final class KeysSignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "Written by ./convoy keys export.")
  private Path file = Path.of("");

  @Option(names = "--key", required = true, paramLabel = "FILE", description = "PKCS#12.")
  private Path key = Path.of("");

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "Holds the password of the key, for its owner alone (default: NAME.password beside the key; without it, the password is asked for).")
  private @Nullable Path passwordFile;

  @Override
  public Integer call() throws IOException {
    SignedDocument document = read(file);
    Console console = new TerminalConsole(spec.commandLine());
    KeysText.content(document).forEach(console::line);
    SigningKey signer = Passwords.open(key, passwordFile);
    AtomicFiles.write(file, document.alsoSignedBy(signer));
    console.line(
        "%s signed by key %s; it has %d signatures"
            .formatted(file, signer.publicKey().shortId(), read(file).signatures().size()));
    return 0;
  }

  /**
   * A document that was written by ./convoy keys export.
   *
   * @throws ConvoyException USAGE when there is no such file; NOT_TRUSTED when it is no such
   *     document
   */
  static SignedDocument read(Path file) throws IOException {
    try {
      return SignedDocument.parse(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          file + ": no such file, expected one that ./convoy keys export has written",
          e);
    }
  }
}
