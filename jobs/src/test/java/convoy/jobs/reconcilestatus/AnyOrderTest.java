package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Status logs in any order, reconciled after each, end in the same state (DESIGN rule 5.8). */
class AnyOrderTest extends RunningCampaign {
  AnyOrderTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void theSameLogsInAnyOrderEndInTheSameAssignments(@TempDir Path folder) {
    List<List<StatusEvent>> logs = logs();
    List<String> expected = play(logs);
    assertThat(expected.stream().filter(row -> row.contains("|INSTALLED|"))).hasSize(4);
    assertThat(expected.stream().filter(row -> row.contains("|RETRY_DUE|"))).hasSize(2);
    Random random = new Random(20261121);
    for (int round = 0; round < 2; round++) {
      stop();
      start(folder.resolve("round-" + round));
      List<List<StatusEvent>> shuffled = new ArrayList<>(logs);
      Collections.shuffle(shuffled, random);
      assertThat(play(shuffled)).as("round %d", round).isEqualTo(expected);
    }
  }

  /** Two attempts' worth of events for six vehicles, with repeats and contradictions. */
  private List<List<StatusEvent>> logs() {
    return List.of(
        List.of(
            event(0, 10, 1, ReportedState.DOWNLOADING, null, null),
            event(1, 10, 1, ReportedState.DOWNLOADING, null, null)),
        List.of(installed(0, 60, 1), failed(1, 60, 1, "POWER_LOSS"), installed(2, 60, 1)),
        List.of(
            installed(1, 90, 1),
            failed(2, 50, 1, "FLASH_FAILED"),
            event(5, 20, 1, ReportedState.DECLINED, null, null)),
        List.of(installed(0, 60, 1), event(3, 40, 1, ReportedState.INSTALLED, "2.0.3", null)),
        List.of(failed(4, 30, 1, "LOW_BATTERY"), failed(4, 45, 1, "FLASH_FAILED")),
        List.of(installed(6, 61, 1), event(6, 30, 1, ReportedState.DECLINED, null, null)));
  }

  private List<String> play(List<List<StatusEvent>> logs) {
    int night = 0;
    for (List<StatusEvent> log : logs) {
      report("log-" + night + ".csv", log.toArray(StatusEvent[]::new));
      jobs.clock().forward(Duration.ofMinutes(1));
      reconcile("night-" + night++);
    }
    List<String> rows =
        new ArrayList<>(
            jobs.sql()
                .rows(
                    "select vin, wave, state, attempt, manifest_version, due_at, error_code,"
                        + " failed_module, reason from assignment where wave = 1 order by vin"));
    rows.addAll(
        jobs.sql()
            .rows(
                "select vin, module, software_version, observed_at, source from ecu order by all"));
    return rows;
  }
}
