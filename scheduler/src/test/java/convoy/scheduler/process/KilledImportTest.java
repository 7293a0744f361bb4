package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of an import: after a restart nothing is lost and nothing doubled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledImportTest {
  private static final String SETTINGS = "import:\n  chunk-rows: 20\n";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int VEHICLES = 400;
  private static final int BAD_ROWS = 24;

  private TestHome delivered;
  private Map<String, List<String>> undisturbed;
  private Duration took;

  @BeforeAll
  void runUndisturbed(@TempDir Path temporary) throws Exception {
    delivered = TestHome.make(temporary, "delivered", SETTINGS);
    delivered.deliverFleet(7, VEHICLES, BAD_ROWS);
    TestHome home = delivered.copy("undisturbed");
    took = Kills.timed(home, "import", "now");
    undisturbed = Facts.IMPORTED.in(home);
    assertThat(home.number("select count(*) from vehicle")).isEqualTo(VEHICLES);
    assertThat(home.inbox()).isEmpty();
  }

  @Test
  void aKillWhileReadingLosesAndDoublesNothing() throws Exception {
    killWhile("wolfsburg-ecus.csv", 200);
  }

  @Test
  @Tag("long")
  void aKillWhileReadingAWorkbookLosesAndDoublesNothing() throws Exception {
    killWhile("puebla-export.xlsx", 1);
  }

  private void killWhile(String file, long rows) throws Exception {
    TestHome home = delivered.copy(file);
    Kills.whileReading(home, file, rows, "import", "now");
    assertThat(home.inbox()).isNotEmpty();

    Kills.takeUp(home, "import", "now");
    assertThat(Facts.IMPORTED.in(home)).isEqualTo(undisturbed);
    assertThat(home.inbox()).isEmpty();
  }

  @Test
  @Tag("long")
  void aNightThatIsToldToStopFinishesItsJobAndIsTakenUp() throws Exception {
    TestHome home = delivered.copy("terminated");
    try (ConvoyProcess nightly = home.start("nightly")) {
      Await.until(
          "the import", LIMIT, () -> Kills.hasRead(home.progress(), "wolfsburg-ecus.csv", 1));
      nightly.terminate();
      ConvoyProcess.Ended stopped = nightly.await();
      assertThat(stopped.status()).isEqualTo(1);
      assertThat(stopped.out())
          .contains("stopping after the job under way; a second signal ends it at once\n");
      assertThat(stopped.err())
          .isEqualTo(
              "stopped before registerDefinitions\nconvoy: the run stopped; running it again goes on from there\n");
    }
    assertThat(home.inbox()).as("the import under way was finished").isEmpty();
    assertThat(home.run("nightly").status()).isZero();
    assertThat(Facts.IMPORTED.in(home)).isEqualTo(undisturbed);
  }

  @Test
  @Tag("long")
  void anImportThatIsKilledAgainAndAgainEndsAsAnUndisturbedOne() throws Exception {
    killAtRandomTimes(new Random(20261121), 3, "thrice", took, "import", "now");
  }

  @Test
  @Tag("long")
  void twentyNightsEachKilledSeveralTimesEndAsAnUndisturbedOne() throws Exception {
    Random random = new Random(4711);
    Duration whole = Kills.timed(delivered.copy("a-night"), "nightly");
    for (int night = 0; night < 20; night++) {
      killAtRandomTimes(random, 1 + random.nextInt(4), "night-" + night, whole, "nightly");
    }
  }

  /** Kills at times between the start of the program and the end of an undisturbed run. */
  private void killAtRandomTimes(
      Random random, int times, String name, Duration whole, String... command) throws Exception {
    TestHome home = delivered.copy(name);
    Kills.atRandomTimes(home, random, times, whole, command);
    assertThat(Facts.IMPORTED.in(home))
        .as("%s, killed %d times", name, times)
        .isEqualTo(undisturbed);
    assertThat(home.inbox()).isEmpty();
  }
}
