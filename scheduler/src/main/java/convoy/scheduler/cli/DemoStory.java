package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Where the demo stands. It begins three days ago, so that a first night, the vehicles' day and a
 * second night have passed by now, and every further night comes a day later, until the story has
 * caught up with today.
 *
 * @param begin when the first night ran
 * @param nights how many nights have run
 */
record DemoStory(Instant begin, int nights) {
  private static final Duration PAST = Duration.ofDays(3);

  /** The story of that home, new when there is none. */
  static DemoStory of(Home home, Instant now) throws IOException {
    Path file = file(home);
    if (Files.notExists(file)) {
      return new DemoStory(now.minus(PAST).truncatedTo(ChronoUnit.SECONDS), 0);
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    return new DemoStory(Instant.parse(lines.get(0)), Integer.parseInt(lines.get(1)));
  }

  /** Whether the home was made for the demo, with everything that its first night needs. */
  static boolean isBegun(Home home) {
    return Files.exists(file(home));
  }

  /** When the next night runs. */
  Instant nextNight() {
    return begin.plus(Duration.ofDays(nights));
  }

  /** The story after one more night. */
  DemoStory nightPassed() {
    return new DemoStory(begin, nights + 1);
  }

  /**
   * Checks that the next night is not in the future.
   *
   * @throws ConvoyException USAGE when it is
   */
  void requireNightToCome(Instant now) {
    if (nextNight().isAfter(now)) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "the demo has told %d nights and has caught up with today; its next night is %s. Another one: --home DIR"
              .formatted(nights, nextNight()));
    }
  }

  void save(Home home) throws IOException {
    AtomicFiles.write(file(home), (begin + "\n" + nights + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Path file(Home home) {
    return home.root().resolve("demo.story");
  }
}
