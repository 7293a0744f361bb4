package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at random moments of a large import, many times, beside one that nobody disturbed. */
@Tag("long")
class LargeKilledImportTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int VEHICLES = 20_000;
  private static final int BAD_ROWS = 500;
  private static final int IMPORTS = 10;
  private static final int KILLS = 3;

  @Test
  void anImportThatIsKilledManyTimesEndsAsAnUndisturbedOne(@TempDir Path temporary)
      throws Exception {
    TestHome delivered = TestHome.make(temporary, "delivered", "");
    delivered.deliverFleet(11, VEHICLES, BAD_ROWS);
    TestHome undisturbed = delivered.copy("undisturbed");
    long start = System.nanoTime();
    assertThat(undisturbed.run("import", "now").status()).isZero();
    long took = System.nanoTime() - start;
    Map<String, List<String>> facts = KilledImportTest.facts(undisturbed);
    assertThat(undisturbed.number("select count(*) from vehicle")).isEqualTo(VEHICLES);

    Random random = new Random(20261125);
    for (int i = 0; i < IMPORTS; i++) {
      TestHome home = delivered.copy("import-" + i);
      int killed = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        long after = (long) (took * random.nextDouble());
        try (ConvoyProcess process = home.start("import", "now")) {
          long at = System.nanoTime() + after;
          Await.until(
              "the time of the kill", LIMIT, () -> System.nanoTime() > at || !process.isAlive());
          killed += process.kill().status() == ConvoyProcess.KILLED ? 1 : 0;
        }
      }
      assertThat(home.run("import", "now").status()).isZero();
      assertThat(KilledImportTest.facts(home))
          .as("import %d, killed %d times", i, killed)
          .isEqualTo(facts);
      assertThat(home.inbox()).isEmpty();
    }
  }
}
