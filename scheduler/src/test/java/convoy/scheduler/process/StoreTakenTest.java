package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.samples.SampleData;
import convoy.scheduler.store.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Commands that meet a fleet store which another process holds, or a run that is under way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreTakenTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long ME = ProcessHandle.current().pid();
  private static final String LIST =
      """
      brake-hold-2026-11           DRAFT      IMMEDIATE   90  abs-brake-hold 2.1.0, by alice
      infotainment-2026-12         DRAFT      SCHEDULED   40  infotainment-gateway 5.5.0, by bob
      """;

  private TestHome home;

  @BeforeAll
  void makeAStore(@TempDir Path folder) throws Exception {
    home = TestHome.make(folder, "home", "");
    SampleData.writeDefinitions(home.home().root(), 7);
    assertThat(home.runHere("register").status()).isZero();
  }

  @Test
  void aCommandGivesUpAfterTheSettingsTimeAndSaysWhoHoldsTheStore() throws Exception {
    home.settings("store:\n  wait: PT1S\n");
    try (ProcessLock.Held held = take("importVehicles")) {
      held.progress("reading ecus.csv: 12,000");
      var list = home.run("campaign", "list");
      assertThat(list.err())
          .matches(
              "convoy: the fleet store is taken: process "
                  + ME
                  + " runs importVehicles for \\d+ s, reading ecus\\.csv: 12,000; waited 1 s for it"
                  + " \\(setting store\\.wait\\)\n");
      assertThat(list.out()).isEmpty();
      assertThat(list.status()).isEqualTo(5);
      assertThat(home.run("nightly").status()).isEqualTo(5);
    }
    assertNoWordOfDuckDbsLock();
  }

  @Test
  void aCommandWaitsForItsTurnAndSaysForWhom() throws Exception {
    home.settings("store:\n  wait: PT2M\n");
    try (ProcessLock.Held held = take("matchEligibility");
        ConvoyProcess list = home.start("campaign", "list")) {
      Await.until("a word on who is waited for", LIMIT, () -> list.out().endsWith("\n"));
      held.close();
      var ended = list.await();
      assertThat(ended.out())
          .matches(
              "waiting for the fleet store: process "
                  + ME
                  + " runs matchEligibility for \\d+ s\n"
                  + Pattern.quote(LIST));
      assertThat(ended.err()).isEmpty();
      assertThat(ended.status()).isZero();
    }
    assertNoWordOfDuckDbsLock();
  }

  @Test
  void whoReadsDoesNotWaitForOthersWhoRead() throws Exception {
    home.settings("store:\n  wait: PT0S\n");
    try (ProcessLock.Held held =
        ProcessLock.ofStore(home.home().store()).read("campaign list", Duration.ZERO, word -> {})) {
      var list = home.run("campaign", "list");
      assertThat(list.out()).isEqualTo(LIST);
      assertThat(list.status()).isZero();
    }
  }

  @Test
  @Tag("long")
  void aReaderGetsItsTurnBetweenTheJobsOfANight() throws Exception {
    home.settings("import:\n  chunk-rows: 200\n");
    home.deliverFleet(7, 500, 0);
    try (ConvoyProcess nightly = home.start("nightly")) {
      Await.until("the import", LIMIT, () -> home.progress().startsWith("reading "));
      var list = home.run("campaign", "list");
      assertThat(list.out()).endsWith(LIST);
      assertThat(list.err()).isEmpty();
      assertThat(list.status()).isZero();
      assertThat(nightly.isAlive()).as("the night goes on").isTrue();
      var ended = nightly.await();
      assertThat(ended.err()).isEmpty();
      assertThat(ended.status()).isZero();
    }
    assertNoWordOfDuckDbsLock();
  }

  /** Between its jobs a run does not hold the store, and looks there like one that was cut off. */
  @Test
  void ofTwoNightlyRunsOneIsUnderWayAtATime(@TempDir Path folder) throws Exception {
    TestHome home = TestHome.approved(folder, "runs", "");
    Path store = home.home().store();
    try (ConvoyProcess first = home.start("nightly")) {
      Await.until("a job", LIMIT, () -> isAtAJob(store) || !first.isAlive());
      try (ProcessLock.Held between = ProcessLock.ofStore(store).write("test", LIMIT, word -> {})) {
        home.settings("store:\n  wait: PT1S\n");
        var second = home.run("nightly");
        assertThat(second.err())
            .matches(
                "convoy: another run of nightly is under way: process "
                    + first.pid()
                    + " runs nightly for \\d+ s, \\w+; waited 1 s for it"
                    + " \\(setting store\\.wait\\)\n");
        assertThat(second.out()).isEmpty();
        assertThat(second.status()).isEqualTo(5);
        assertThat(first.kill().status()).isEqualTo(ConvoyProcess.KILLED);
      }
    }
    assertThat(home.rows("select kind from run where ended_at is null")).containsExactly("NIGHTLY");

    var third = home.runHere("nightly");
    assertThat(third.err()).isEmpty();
    assertThat(third.status()).isZero();
    assertThat(third.out()).startsWith("taking up the run of ").contains(", which was cut off\n");
    assertThat(home.rows("select kind, outcome, count(*) from run group by all"))
        .containsExactly("NIGHTLY|DONE|2");
    assertThat(home.rows("select vin from manifest order by vin"))
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .isEqualTo(home.rows("select vin from assignment where wave = 1 order by vin"));
  }

  private static boolean isAtAJob(Path store) {
    try {
      List<String> lines = Files.readAllLines(store.resolve("run-nightly.holder"));
      return lines.size() == 4 && !lines.get(3).isEmpty();
    } catch (IOException e) {
      // It has not begun.
      return false;
    }
  }

  private ProcessLock.Held take(String job) {
    return ProcessLock.ofStore(home.home().store()).write(job, Duration.ZERO, word -> {});
  }

  private void assertNoWordOfDuckDbsLock() throws IOException {
    Path log = home.home().logs().resolve("convoy.log");
    if (Files.exists(log)) {
      assertThat(Files.readString(log)).doesNotContain("Could not set lock");
    }
  }
}
