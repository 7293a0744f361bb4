package convoy.scheduler.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the lock leaves in its folder for others. That it keeps processes apart is tested with
 * processes, in StoreTakenTest.
 */
class ProcessLockTest {
  private static final Instant SINCE = Instant.parse("2026-11-21T01:30:00Z");
  private static final long ME = ProcessHandle.current().pid();

  @TempDir private Path folder = Path.of("");

  @Test
  void whoWritesTellsTheOthersWhatItDoesAndHowFarItIs() throws Exception {
    Path holder = folder.resolve("fleet.holder");
    try (ProcessLock.Held held = write("importVehicles")) {
      assertThat(Holder.describe(holder, Instant.now()))
          .matches("process " + ME + " runs importVehicles for \\d s");
      held.progress("reading ecus.csv: 12,000");
      List<String> lines = Files.readAllLines(holder);
      assertThat(lines).hasSize(4);
      assertThat(lines.get(0)).isEqualTo(Long.toString(ME));
      assertThat(lines.get(3)).isEqualTo("reading ecus.csv: 12,000");
    }
    assertThat(holder).doesNotExist();
    assertThat(Holder.describe(holder, Instant.now())).isEqualTo("another process holds it");
  }

  @Test
  void theStoreCanBeTakenAgainAfterItWasGivenBack() {
    for (int turn = 0; turn < 3; turn++) {
      try (ProcessLock.Held held = write("turn " + turn)) {
        assertThat(folder.resolve("fleet.holder")).exists();
      }
    }
    try (ProcessLock.Held held =
        ProcessLock.ofStore(folder).read("campaign list", Duration.ZERO, word -> {})) {
      assertThat(folder.resolve("fleet.holder")).doesNotExist();
    }
  }

  @Test
  void aRunIsHeldBesideTheStoreAndBesideRunsOfOtherNames() {
    try (ProcessLock.Held run = run("urgent brake-hold-2026-11");
        ProcessLock.Held other = run("urgent infotainment-2026-12");
        ProcessLock.Held held = write("matchEligibility")) {
      run.progress("matchEligibility");
      assertThat(folder.resolve("run-urgent-brake-hold-2026-11.holder"))
          .content()
          .startsWith(ME + "\nurgent brake-hold-2026-11\n")
          .endsWith("\nmatchEligibility");
    }
  }

  private ProcessLock.Held run(String name) {
    return ProcessLock.ofRun(folder, name).write(name, Duration.ZERO, word -> {});
  }

  @Test
  void aPersonReadsWhoHoldsTheStoreForHowLongAndHowFarItIs() throws Exception {
    Path file = folder.resolve("holder");
    new Holder(ME, "importVehicles", SINCE, "reading ecus.csv: 12,000").write(file);
    assertThat(Holder.describe(file, SINCE.plusSeconds(42)))
        .isEqualTo("process " + ME + " runs importVehicles for 42 s, reading ecus.csv: 12,000");
    new Holder(ME, "planWaves", SINCE, "").write(file);
    assertThat(Holder.describe(file, SINCE.plusSeconds(3661)))
        .isEqualTo("process " + ME + " runs planWaves for 3661 s");
    assertThat(Holder.describe(file, SINCE.minusSeconds(5)))
        .as("a clock that was set back")
        .isEqualTo("process " + ME + " runs planWaves for 0 s");
  }

  @Test
  void aProcessThatWasKilledIsNotNamedAsTheOneThatHoldsTheStore() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path file = folder.resolve("holder");
    new Holder(dead.pid(), "importVehicles", SINCE, "reading ecus.csv: 12,000").write(file);
    assertThat(Holder.describe(file, SINCE.plusSeconds(42))).isEqualTo("another process holds it");
  }

  private ProcessLock.Held write(String job) {
    return ProcessLock.ofStore(folder).write(job, Duration.ZERO, word -> {});
  }
}
