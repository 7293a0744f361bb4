package convoy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands as a person runs them, in this checkout. */
final class Launcher {
  private Launcher() {}

  /**
   * Runs {@code ./convoy} to its end.
   *
   * @param out what it prints
   * @return the seconds that it took
   * @throws IllegalStateException when it ends with another status than 0
   */
  static double run(Path home, Path out, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./convoy"));
    command.addAll(List.of(arguments));
    ProcessBuilder process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    process.environment().put("CONVOY_HOME", home.toAbsolutePath().toString());
    long start = System.nanoTime();
    int status = process.start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (status != 0) {
      throw new IllegalStateException("%s: status %d, see %s".formatted(command, status, out));
    }
    return seconds;
  }
}
