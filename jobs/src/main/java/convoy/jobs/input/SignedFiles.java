package convoy.jobs.input;

import convoy.config.ConvoySettings;
import convoy.data.status.GatewaySignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which files of an inbox are taken in where gateways may sign what they put there: a signature is
 * no file of its own, and a file may have to wait for its signature.
 */
public final class SignedFiles {
  private SignedFiles() {}

  /**
   * Sorts a folder's files. A file or a signature that has waited for the other one long enough is
   * taken in, and its job refuses it.
   *
   * @param needsNone whether a file without a signature is taken in at once although the settings
   *     ask for one
   */
  public static Intake of(
      Inbox.Content inbox, ConvoySettings.Status settings, Instant now, Predicate<Path> needsNone) {
    Set<Path> ready = new HashSet<>(inbox.ready());
    Set<Path> all = new HashSet<>(inbox.ready());
    all.addAll(inbox.unfinished());
    List<Path> files = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (Path file : inbox.ready()) {
      String name = file.getFileName().toString();
      boolean isSignature = GatewaySignature.isSignature(name);
      Path other =
          isSignature
              ? file.resolveSibling(GatewaySignature.signedFile(name))
              : GatewaySignature.beside(file);
      if (isSignature && all.contains(other)) {
        continue;
      }
      Instant until = modified(file).plus(settings.signatureWait());
      boolean mayWait = isSignature || (settings.requireSignature() && !ready.contains(other));
      if (!isSignature && all.contains(other) && !ready.contains(other)) {
        left.add(Intake.left(file, "its signature is still being written"));
      } else if (mayWait && until.isAfter(now) && (isSignature || !needsNone.test(file))) {
        left.add(
            Intake.left(
                file,
                "waits for %s until %s"
                    .formatted(other.getFileName(), until.truncatedTo(ChronoUnit.SECONDS))));
      } else {
        files.add(file);
      }
    }
    inbox.unfinished().forEach(file -> left.add(Intake.left(file, "still being written")));
    return new Intake(files, left);
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
