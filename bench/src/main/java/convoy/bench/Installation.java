package convoy.bench;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.ConvoyContext;
import convoy.scheduler.launch.NightlyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;

/** A home of its own, on which the jobs run as they do for a user. */
final class Installation {
  static final Instant NOW = Instant.parse("2026-11-25T01:30:00Z");

  private final Home home;

  /** Says what goes wrong, on the error stream. */
  private static final class Quiet implements Console {
    @Override
    public void line(String text) {
      if (Boolean.getBoolean("bench.verbose")) {
        System.err.println(text);
      }
    }

    @Override
    public void problem(String text) {
      System.err.println(text);
    }

    @Override
    public boolean isTerminal() {
      return false;
    }
  }

  /**
   * @param settings the text of its convoy.yaml
   */
  Installation(Path root, String settings) throws IOException {
    home = new Home(root);
    home.create();
    Files.writeString(home.settingsFile(), settings);
  }

  Path updates() {
    return home.updates();
  }

  Path campaigns() {
    return home.campaigns();
  }

  /** Registers the definitions, as {@code ./convoy register} does; gives the seconds. */
  double registers() {
    return run("registering", NightlyRun::register);
  }

  Path store() {
    return home.store().resolve("fleet.duckdb");
  }

  /** Puts a copy of the file into the inbox and imports it; gives the seconds that this took. */
  double imports(Path... files) throws IOException {
    for (Path file : files) {
      Path in = home.inboxManufacturing().resolve(file.getFileName());
      Files.copy(file, in, StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(in, FileTime.from(NOW.minusSeconds(3600)));
    }
    return run("the import", NightlyRun::imports);
  }

  private double run(String what, Function<NightlyRun, NightlyRun.Outcome> jobs) {
    ConvoySettings settings = ConvoySettings.load(home.settingsFile());
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    try (ConvoyContext context = new ConvoyContext(home, settings, clock, new Quiet(), "bench")) {
      long start = System.nanoTime();
      NightlyRun.Outcome outcome = jobs.apply(context.runs());
      double seconds = (System.nanoTime() - start) / 1e9;
      if (!outcome.isDone()) {
        throw new IllegalStateException(what + " failed: " + outcome.results());
      }
      return seconds;
    }
  }
}
