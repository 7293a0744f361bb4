package convoy.jobs.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A folder into which others put files. */
public final class Inbox {
  private static final List<String> UNFINISHED =
      List.of(".part", ".tmp", ".filepart", ".crdownload");

  private Inbox() {}

  /**
   * What stands in an inbox.
   *
   * @param ready files to take in, by name
   * @param unfinished files that are still being written: left for the next run
   */
  public record Content(List<Path> ready, List<Path> unfinished) {}

  /**
   * Looks into a folder. A file is unfinished when its name says so (a leading dot, {@code .part},
   * {@code .tmp}) or when it was changed within the settling time.
   */
  public static Content look(Path folder, Duration settle, Instant now) {
    List<Path> ready = new ArrayList<>();
    List<Path> unfinished = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : (Iterable<Path>) entries.filter(Files::isRegularFile).sorted()::iterator) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean named = name.startsWith(".") || UNFINISHED.stream().anyMatch(name::endsWith);
        boolean young = Files.getLastModifiedTime(file).toInstant().isAfter(now.minus(settle));
        (named || young ? unfinished : ready).add(file);
      }
      return new Content(ready, unfinished);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
