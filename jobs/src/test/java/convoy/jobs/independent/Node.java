package convoy.jobs.independent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs the vehicle in {@code src/test/node}, whose packages are fetched once. */
final class Node {
  /** Set where a machine without Node.js is a failure: by .ci/run. */
  private static final String REQUIRED = "CONVOY_TESTS_REQUIRE_NODE";

  private static final Pattern VERSION = Pattern.compile("v([0-9]{1,4})\\.([0-9]{1,4})\\..*");

  private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();

  private Node() {}

  /**
   * Whether the vehicle can run. Where it cannot, the class is skipped, and the reason stands on
   * standard error; with {@value #REQUIRED} it fails.
   */
  static final class Needed implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (context.getTestMethod().isPresent()) {
        return ConditionEvaluationResult.enabled("as its class");
      }
      try {
        return problem()
            .map(problem -> ConditionEvaluationResult.disabled(tell(problem)))
            .orElseGet(() -> ConditionEvaluationResult.enabled("Node.js and packages are there"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Why the vehicle cannot run; its packages are fetched where they are missing. */
  private static Optional<String> problem() throws IOException, InterruptedException {
    List<String> missing = missing("node", "npm", "openssl");
    if (!missing.isEmpty()) {
      return Optional.of("not installed here: " + missing);
    }
    String version = said(FOLDER, "node", "--version").strip();
    if (!isNewEnough(version)) {
      return Optional.of(
          "found Node.js " + version + ", expected 20.17 or newer of 20, or 22.9 or newer");
    }
    Path fetched = FOLDER.resolve("node_modules/.package-lock.json");
    Path lock = FOLDER.resolve("package-lock.json");
    if (Files.notExists(fetched)
        || Files.getLastModifiedTime(fetched).compareTo(Files.getLastModifiedTime(lock)) < 0) {
      Ran ran = run(FOLDER, "npm", "ci", "--ignore-scripts");
      if (ran.status != 0) {
        return Optional.of(
            "npm ci in %s ended with status %d: %s".formatted(FOLDER, ran.status, ran.err));
      }
    }
    return Optional.empty();
  }

  /** As "engines" in package.json says, which is what tuf-js runs on. */
  static boolean isNewEnough(String version) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      return false;
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    return (major == 20 && minor >= 17) || (major == 22 && minor >= 9) || major > 22;
  }

  private static String tell(String problem) {
    String message = "ISSUED MANIFESTS ARE NOT CHECKED BY AN INDEPENDENT CLIENT: " + problem;
    if (System.getenv(REQUIRED) != null) {
      Assertions.fail(message + " (and " + REQUIRED + " is set)");
    }
    System.err.println("\n*** " + message + " ***\n");
    return message;
  }

  /** Skips the rest of a test, and says so, where a program is missing. */
  static void assumeInstalled(String... programs) {
    List<String> missing = missing(programs);
    if (!missing.isEmpty()) {
      Assumptions.abort(tell("not installed here: " + missing));
    }
  }

  private static List<String> missing(String... programs) {
    return Stream.of(programs).filter(program -> !isInstalled(program)).toList();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** What a program writes; it must end well. */
  static String said(Path folder, String... command) throws IOException, InterruptedException {
    Ran ran = run(folder, command);
    if (ran.status != 0) {
      Assertions.fail("%s ended with status %d: %s".formatted(command[0], ran.status, ran.err));
    }
    return ran.out;
  }

  /** What {@code run.mjs} says of a plan: JSON. */
  static String play(Path plan) throws IOException, InterruptedException {
    return said(FOLDER, "node", FOLDER.resolve("run.mjs").toString(), plan.toString());
  }

  private record Ran(int status, String out, String err) {}

  private static Ran run(Path folder, String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("node", ".out");
    Path err = Files.createTempFile("node", ".err");
    try {
      ProcessBuilder process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      if (command[0].equals("node")) {
        // The server is on this machine: no proxy between.
        Map<String, String> environment = process.environment();
        environment.keySet().removeIf(name -> name.matches("(?i)(https?|all)_proxy"));
      }
      int status = process.start().waitFor();
      return new Ran(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
