package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;

/** kill -9 of a command in the middle, and the same command once more. */
final class Kills {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Kills() {}

  /** How long the command takes that nobody disturbs. */
  static Duration timed(TestHome home, String... command) throws Exception {
    long start = System.nanoTime();
    assertThat(home.run(command).status()).isZero();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Starts the command, and kills it once its progress says that it did so many rows of a file. */
  static void whileReading(TestHome home, String file, long rows, String... command)
      throws Exception {
    try (ConvoyProcess process = home.start(command)) {
      Await.until(
          "reading " + file,
          LIMIT,
          () -> hasRead(home.progress(), file, rows) || !process.isAlive());
      assertThat(process.kill().status()).isEqualTo(ConvoyProcess.KILLED);
    }
  }

  /** Whether the progress says that so many rows of that file were read. */
  static boolean hasRead(String progress, String file, long rows) {
    String doing = "reading " + file + ": ";
    return progress.startsWith(doing)
        && Long.parseLong(progress.substring(doing.length()).replace(",", "")) >= rows;
  }

  /** The command goes on where it was killed, says so, and comes to a good end. */
  static void takeUp(TestHome home, String... command) throws Exception {
    ConvoyProcess.Ended second = home.run(command);
    assertThat(second.err()).isEmpty();
    assertThat(second.status()).isZero();
    assertThat(second.out()).startsWith("taking up the run of ").contains(", which was cut off\n");
  }

  /**
   * Starts the command and kills it at a random time, as often as said; then lets it end.
   *
   * @param whole how long it takes that nobody disturbs
   */
  static void atRandomTimes(
      TestHome home, Random random, int times, Duration whole, String... command) throws Exception {
    for (int kill = 0; kill < times; kill++) {
      Duration after = Duration.ofMillis((long) (whole.toMillis() * random.nextDouble()));
      try (ConvoyProcess process = home.start(command)) {
        long at = System.nanoTime() + after.toNanos();
        Await.until(
            "the time of the kill", LIMIT, () -> System.nanoTime() > at || !process.isAlive());
        process.kill();
      }
    }
    assertThat(home.run(command).status()).isZero();
  }
}
