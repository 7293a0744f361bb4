package convoy.data.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Runs other programs, which must be on the PATH. */
public final class Commands {
  /** Set where a missing program is a failure: by .ci/run. */
  private static final String REQUIRED = "CONVOY_TESTS_REQUIRE_OPENSSL";

  private Commands() {}

  /**
   * Skips the rest of a test where a program is missing, and says so on standard error; with
   * {@value #REQUIRED} it fails.
   */
  public static void assumeInstalled(String... programs) {
    String path = System.getenv("PATH");
    List<String> missing =
        Stream.of(programs)
            .filter(
                program ->
                    Stream.of(path.split(File.pathSeparator, -1))
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, program))))
            .toList();
    if (!missing.isEmpty()) {
      String message = "NOT CHECKED AGAINST OTHER PROGRAMS: not installed here: " + missing;
      if (System.getenv(REQUIRED) != null) {
        Assertions.fail(message + " (and " + REQUIRED + " is set)");
      }
      System.err.println("\n*** " + message + " ***\n");
      Assumptions.abort(message);
    }
  }

  /** What the program wrote; it must end well. */
  public static byte[] run(byte[] input, String... command)
      throws IOException, InterruptedException {
    Path in = Files.createTempFile("in", ".bin");
    Path out = Files.createTempFile("out", ".bin");
    try {
      Files.write(in, input);
      Process process =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectErrorStream(true)
              .start();
      int status = process.waitFor();
      byte[] written = Files.readAllBytes(out);
      assertThat(status).as("%s said: %s", List.of(command), new String(written, UTF_8)).isZero();
      return written;
    } finally {
      Files.delete(in);
      Files.delete(out);
    }
  }
}
