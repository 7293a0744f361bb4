package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
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

  /** What must be equal, all columns but the time of the run itself. */
  private static final List<String> FACTS =
      List.of(
          "select * from vehicle order by all",
          "select * from ecu order by all",
          "select * exclude recorded_at from observation order by all",
          "select * exclude (quarantined_at, released_at) from quarantine order by all",
          "select * exclude quarantined_at from import_warning order by all",
          "select * from waiting_ecu order by all",
          "select sha256, name, outcome, rows_read, rows_accepted, rows_unchanged, rows_quarantined"
              + " from import_file order by all",
          "select table_name from duckdb_tables() where table_name similar to 'staged_(ecu|vehicle)_.*'",
          "select count(*) from staged_rejection",
          "select count(*) from step_position");

  private TestHome delivered;
  private Map<String, List<String>> undisturbed;
  private Duration took;

  @BeforeAll
  void runUndisturbed(@TempDir Path temporary) throws Exception {
    delivered = TestHome.make(temporary, "delivered", SETTINGS);
    delivered.deliverFleet(7, VEHICLES, BAD_ROWS);
    TestHome home = delivered.copy("undisturbed");
    took = timed(home, "import", "now");
    undisturbed = facts(home);
    assertThat(home.number("select count(*) from vehicle")).isEqualTo(VEHICLES);
    assertThat(home.inbox()).isEmpty();
  }

  @Test
  void aKillWhileReadingLosesAndDoublesNothing() throws Exception {
    killWhile("reading wolfsburg-ecus.csv", 200);
  }

  @Test
  @Tag("long")
  void aKillWhileReadingAWorkbookLosesAndDoublesNothing() throws Exception {
    killWhile("reading puebla-export.xlsx", 1);
  }

  private void killWhile(String doing, long rows) throws Exception {
    TestHome home = delivered.copy(doing.replace(' ', '-'));
    try (ConvoyProcess imports = home.start("import", "now")) {
      Await.until(doing, LIMIT, () -> isAt(home.progress(), doing, rows) || !imports.isAlive());
      assertThat(imports.kill().status()).isEqualTo(ConvoyProcess.KILLED);
    }
    assertThat(home.inbox()).isNotEmpty();

    var second = home.run("import", "now");
    assertThat(second.err()).isEmpty();
    assertThat(second.status()).isZero();
    assertThat(second.out()).startsWith("taking up the run of ").contains(", which was cut off\n");
    assertThat(facts(home)).isEqualTo(undisturbed);
    assertThat(home.inbox()).isEmpty();
  }

  @Test
  @Tag("long")
  void aNightThatIsToldToStopFinishesItsJobAndIsTakenUp() throws Exception {
    TestHome home = delivered.copy("terminated");
    try (ConvoyProcess nightly = home.start("nightly")) {
      Await.until(
          "the import", LIMIT, () -> isAt(home.progress(), "reading wolfsburg-ecus.csv", 1));
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
    assertThat(facts(home)).isEqualTo(undisturbed);
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
    Duration whole = timed(delivered.copy("a-night"), "nightly");
    for (int night = 0; night < 20; night++) {
      killAtRandomTimes(random, 1 + random.nextInt(4), "night-" + night, whole, "nightly");
    }
  }

  static Duration timed(TestHome home, String... command) throws Exception {
    long start = System.nanoTime();
    assertThat(home.run(command).status()).isZero();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Kills at times between the start of the program and the end of an undisturbed run. */
  private void killAtRandomTimes(
      Random random, int times, String name, Duration whole, String... command) throws Exception {
    TestHome home = delivered.copy(name);
    kill(home, random, times, whole, command);
    assertThat(facts(home)).as("%s, killed %d times", name, times).isEqualTo(undisturbed);
    assertThat(home.inbox()).isEmpty();
  }

  /** Starts the command, kills it at a random time, as often as said; then lets it end. */
  static void kill(TestHome home, Random random, int times, Duration whole, String... command)
      throws Exception {
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

  private static boolean isAt(String progress, String doing, long rows) {
    return progress.startsWith(doing + ": ")
        && Long.parseLong(progress.substring(doing.length() + 2).replace(",", "")) >= rows;
  }

  static Map<String, List<String>> facts(TestHome home) throws SQLException {
    Map<String, List<String>> facts = new LinkedHashMap<>();
    for (String sql : FACTS) {
      facts.put(sql, home.rows(sql));
    }
    return facts;
  }
}
