package convoy.scheduler.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the process that holds a lock tells the others: a small text file beside the lock. It is
 * information only; the lock itself is the operating system's and goes with the process.
 *
 * @param job what is being done, such as {@code importVehicles}
 * @param progress how far it is, a phrase such as "reading ecus.csv, 120,000 rows"
 */
public record Holder(long pid, String job, Instant since, String progress) {
  /** Writes it, replacing what stood there. */
  void write(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + "." + pid);
    Files.writeString(
        aside,
        String.join("\n", Long.toString(pid), job, since.toString(), progress),
        StandardCharsets.UTF_8);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  /**
   * A phrase for a person: "process 4711 runs importVehicles for 42 s, reading ecus.csv: 120,000
   * rows".
   */
  static String describe(Path file, Instant now) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      if (lines.size() < 3 || !isAlive(lines.get(0))) {
        // A process that was killed leaves its file; whoever holds the store now only reads it.
        return "another process holds it";
      }
      long seconds = Math.max(0, Duration.between(Instant.parse(lines.get(2)), now).toSeconds());
      String progress = lines.size() > 3 && !lines.get(3).isBlank() ? ", " + lines.get(3) : "";
      return "process %s runs %s for %d s%s"
          .formatted(lines.get(0), lines.get(1), seconds, progress);
    } catch (IOException e) {
      // The holder may be taking the file away at this very moment; the lock still says that it is
      // taken.
      return "another process holds it";
    }
  }
}
