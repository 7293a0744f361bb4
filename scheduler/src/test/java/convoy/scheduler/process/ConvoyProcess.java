package convoy.scheduler.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real program in a Java machine of its own. Closing it kills it when it still runs. */
public final class ConvoyProcess implements AutoCloseable {
  /** The exit status of a process that was ended by SIGKILL: 128 and the signal's number. */
  public static final int KILLED = 137;

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final List<String> arguments;
  private final Path out;
  private final Path err;
  private final Process process;

  private ConvoyProcess(List<String> arguments, Path out, Path err, Process process) {
    this.arguments = arguments;
    this.out = out;
    this.err = err;
    this.process = process;
  }

  /** How a process ended. */
  public record Ended(int status, String out, String err) {}

  /** Starts the program with these arguments; what it says is kept in the folder. */
  public static ConvoyProcess start(Path folder, String... arguments) throws IOException {
    Path out = Files.createTempFile(folder, "convoy-", ".out");
    Path err = Files.createTempFile(folder, "convoy-", ".err");
    List<String> command = new ArrayList<>(ProgramFiles.java());
    command.addAll(List.of("-Duser.language=en", "-Duser.country=US", "convoy.scheduler.Main"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new ConvoyProcess(List.of(arguments), out, err, process);
  }

  /** Runs the program to its end. */
  public static Ended run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    try (ConvoyProcess process = start(folder, arguments)) {
      return process.await();
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** What it printed so far. */
  public String out() {
    return read(out);
  }

  /** What it printed to standard error so far. */
  public String err() {
    return read(err);
  }

  /** Waits for its end; a process that does not end in time fails the test with its output. */
  public Ended await() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError(
          "convoy %s still runs after %d s:%n%s%n%s"
              .formatted(arguments, LIMIT.toSeconds(), out(), err()));
    }
    return new Ended(process.exitValue(), out(), err());
  }

  /** Ends it at once, as kill -9 does, and waits until it is gone. */
  public Ended kill() throws InterruptedException {
    process.destroyForcibly();
    return await();
  }

  /** Asks it to stop, as kill and the init system do: SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      kill();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
