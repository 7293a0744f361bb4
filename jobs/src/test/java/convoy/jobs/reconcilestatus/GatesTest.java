package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.status.StatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a campaign goes on to its next wave, by what its vehicles reported. */
class GatesTest extends RunningCampaign {
  GatesTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void enoughSuccessesReleaseTheNextWaveAndItsVehiclesGetTheirManifests() {
    assertThat(outcomes(8, 2))
        .isEqualTo(
            """
            10 assignments reconciled, 0 past their deadline
            brakes wave 1: ADVANCE: 8 of 10 vehicles installed (80.0 %), needed 80.0 %; 2 failed, 0 silent\
            """);
    assertThat(states()).containsExactly("brakes|RUNNING", "wave 1|SUCCEEDED", "wave 2|RELEASED");
    int rest = rest();
    assertThat(rest).isPositive();
    assertThat(issue("night-2")).isEqualTo("brakes: %d manifests to issue".formatted(rest + 2));
  }

  @Test
  void nothingMoreIsIssuedWhileTheGateHolds() {
    outcomes(7, 2);
    assertThat(states()).containsExactly("brakes|RUNNING", "wave 1|RELEASED", "wave 2|PLANNED");
    jobs.clock().set(NOW.plus(Duration.ofHours(2)));
    assertThat(issue("night-2")).isEqualTo("brakes: 0 manifests to issue");
  }

  @Test
  void failuresPauseTheCampaignAndNothingMoreIsIssued() {
    assertThat(outcomes(3, 2))
        .isEqualTo(
            """
            5 assignments reconciled, 0 past their deadline
            brakes wave 1: PAUSE: 2 of 5 vehicles with an outcome failed or went silent (40.0 %), \
            the limit is 30.0 %; 2 failed, 0 silent, 3 installed\
            """);
    assertThat(states()).containsExactly("brakes|PAUSED", "wave 1|HALTED", "wave 2|PLANNED");
    jobs.clock().set(NOW.plus(Duration.ofDays(3)));
    assertThat(issue("night-3")).isEqualTo("no running campaign");
  }

  @Test
  void manyFailuresAbortTheCampaignAndCancelWhatWasNotIssued() {
    int rest = rest();
    assertThat(outcomes(2, 3))
        .isEqualTo(
            """
            5 assignments reconciled, 0 past their deadline
            brakes wave 1: ABORT: 3 of 5 vehicles with an outcome failed or went silent (60.0 %), \
            the limit is 60.0 %; 3 failed, 0 silent, 2 installed\
            """);
    assertThat(states()).containsExactly("brakes|ABORTED", "wave 1|HALTED", "wave 2|PLANNED");
    assertThat(
            jobs.sql()
                .rows(
                    "select reason, count(*) from assignment where state = 'CANCELLED' group by"
                        + " all"))
        .containsExactly("its campaign was aborted|" + rest);
    jobs.clock().set(NOW.plus(Duration.ofDays(3)));
    assertThat(issue("night-3")).isEqualTo("no running campaign");
  }

  @Test
  void fewReportsStopNothing() {
    assertThat(outcomes(0, 4))
        .isEqualTo(
            """
            4 assignments reconciled, 0 past their deadline
            brakes wave 1: HOLD: 0 of 10 vehicles installed (0.0 %), needed 80.0 %; 4 failed, 0 silent\
            """);
  }

  @Test
  @Tag("long")
  void theLastWavesSuccessCompletesTheCampaign() {
    outcomes(10, 0);
    issue("night-2");
    List<StatusEvent> events = new ArrayList<>();
    for (String vin : jobs.sql().rows("select vin from assignment where state = 'ISSUED'")) {
      StatusEvent any = installed(0, 24 * 60 + 60, 1);
      events.add(
          new StatusEvent(
              vin, any.at(), vin, "ABS", CAMPAIGN, 1, 1, any.state(), "2.1.0", null, null));
    }
    report("b.csv", events.toArray(StatusEvent[]::new));
    reconcile("night-3");
    assertThat(states())
        .containsExactly("brakes|COMPLETED", "wave 1|SUCCEEDED", "wave 2|SUCCEEDED");
    assertThat(jobs.sql().rows("select distinct state from assignment"))
        .containsExactly("INSTALLED");
  }

  private int rest() {
    return Integer.parseInt(
        jobs.sql().rows("select count(*) from assignment where wave = 2").get(0));
  }

  /** The first vehicles succeed, the next ones fail; gives what the reconciliation said. */
  private String outcomes(int successes, int failures) {
    List<StatusEvent> events = new ArrayList<>();
    for (int i = 0; i < successes + failures; i++) {
      events.add(i < successes ? installed(i, 60, 1) : failed(i, 60, 1, "FLASH_FAILED"));
    }
    report("a.csv", events.toArray(StatusEvent[]::new));
    return reconcile("night-1");
  }
}
