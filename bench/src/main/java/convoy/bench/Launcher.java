package convoy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands as a person runs them, in this checkout. */
final class Launcher {
  private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Pattern HEAP = Pattern.compile(" (\\d+)M->");

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
    ProcessBuilder builder = process(home, out, arguments);
    long start = System.nanoTime();
    int status = builder.start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    requireDone(builder, status, out);
    return seconds;
  }

  private static ProcessBuilder process(Path home, Path out, String... arguments) {
    List<String> command = new ArrayList<>(List.of("./convoy"));
    command.addAll(List.of(arguments));
    ProcessBuilder process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    process.environment().put("CONVOY_HOME", home.toAbsolutePath().toString());
    return process;
  }

  private static void requireDone(ProcessBuilder process, int status, Path out) {
    if (status != 0) {
      throw new IllegalStateException(
          "%s: status %d, see %s".formatted(process.command(), status, out));
    }
  }

  /**
   * What a command took.
   *
   * @param heapMb the heap in use at most, as its collections found it
   * @param residentMb the whole process at most, as the system counts; 0 where it does not say
   */
  record Measured(double seconds, long heapMb, long residentMb) {
    String memory() {
      return "heap at most %,d MB; resident set at most %,d MB".formatted(heapMb, residentMb);
    }
  }

  /**
   * Runs {@code ./convoy} to its end, looking at its memory meanwhile.
   *
   * @param work gets what it prints, and its log of collections
   * @throws IllegalStateException when it ends with another status than 0
   */
  static Measured measure(Path home, Path work, String... arguments)
      throws IOException, InterruptedException {
    Path out = work.resolve("out.txt");
    Path collections = work.toAbsolutePath().resolve("gc.log");
    Files.deleteIfExists(collections);
    ProcessBuilder builder = process(home, out, arguments);
    builder
        .environment()
        .merge("CONVOY_JAVA_OPTS", "-Xlog:gc:file=" + collections, (own, log) -> own + " " + log);
    long start = System.nanoTime();
    Process process = builder.start();
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    long resident = 0;
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      resident = Math.max(resident, residentMb(status));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    requireDone(builder, process.exitValue(), out);
    return new Measured(seconds, heapMb(collections), resident);
  }

  private static long residentMb(Path status) {
    try {
      Matcher highest = RESIDENT.matcher(Files.readString(status));
      return highest.find() ? Long.parseLong(highest.group(1)) >> 10 : 0;
    } catch (IOException e) {
      // It has just ended, or the system has no such file.
      return 0;
    }
  }

  private static long heapMb(Path collections) throws IOException {
    long most = 0;
    for (String line : Files.readAllLines(collections)) {
      Matcher before = HEAP.matcher(line);
      most = before.find() ? Math.max(most, Long.parseLong(before.group(1))) : most;
    }
    return most;
  }
}
