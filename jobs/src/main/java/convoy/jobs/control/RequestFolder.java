package convoy.jobs.control;

import convoy.config.Home;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.SignedRequest;
import convoy.data.io.AtomicFiles;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requests to campaigns as small signed files under {@code store/requests}, for whoever holds the
 * fleet store. Their names sort as they were asked. A file goes once its request is settled.
 */
public final class RequestFolder {
  private static final String SUFFIX = ".json";

  private final Path folder;

  /** The folder of that home; it need not exist. */
  public RequestFolder(Home home) {
    folder = home.store().resolve("requests");
  }

  /**
   * Leaves a request, whole or not at all.
   *
   * @param key that of the person who asks
   */
  public Path leave(ControlRequest request, SigningKey key) {
    Path file =
        folder.resolve(
            "%015d-%s%s".formatted(request.askedAt().toEpochMilli(), request.id(), SUFFIX));
    try {
      AtomicFiles.write(file, SignedRequest.sign(request, key));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The files of the requests that wait, in the order in which they were asked. */
  public List<Path> waiting() {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .filter(f -> f.toString().endsWith(SUFFIX))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  /** The bytes of a request, of which nothing is proved. */
  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** Takes a settled request away. */
  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** Keeps a file that is nobody's request for a person to look at, where no job reads it again. */
  static void setAside(Path file) {
    try {
      AtomicFiles.rename(file, file.resolveSibling(file.getFileName() + ".refused"));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
