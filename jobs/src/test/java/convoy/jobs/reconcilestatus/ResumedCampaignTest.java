package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.ControlAct;
import convoy.data.status.StatusEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person lets a campaign go on that its gate paused: from 30 % failures, abort from 60 %. */
class ResumedCampaignTest extends RunningCampaign {
  ResumedCampaignTest(@TempDir Path folder) {
    super(folder);
  }

  /** Vehicles from here on succeed, then fail; gives what the reconciliation said of the gate. */
  private String outcomes(int first, int successes, int failures) {
    List<StatusEvent> events = new ArrayList<>();
    for (int i = 0; i < successes + failures; i++) {
      events.add(
          i < successes ? installed(first + i, 60, 1) : failed(first + i, 60, 1, "FLASH_FAILED"));
    }
    report("from-" + first + ".csv", events.toArray(StatusEvent[]::new));
    String said = reconcile("after-" + first);
    return said.substring(said.indexOf('\n') + 1);
  }

  @Test
  void theGateJudgesAnewOnlyOnceThereAreMoreFailures() {
    assertThat(outcomes(0, 3, 2)).startsWith("brakes wave 1: PAUSE: 2 of 5 ");
    assertThat(states()).containsExactly("brakes|PAUSED", "wave 1|HALTED", "wave 2|PLANNED");

    assertThat(jobs.ask(ControlAct.RESUME, CAMPAIGN, "a bad workshop"))
        .startsWith(
            "brakes: resumed by carol: a bad workshop, now RUNNING; it was PAUSED: PAUSE: 2")
        .endsWith("; wave 1 pauses again above 2 failed or silent vehicles");

    assertThat(states()).containsExactly("brakes|RUNNING", "wave 1|RELEASED", "wave 2|PLANNED");
    String again = reconcile("again");
    assertThat(again)
        .endsWith(
            "brakes wave 1: HOLD: 3 of 10 vehicles installed (30.0 %), needed 80.0 %; 2 failed, 0"
                + " silent; 2 failed or silent were accepted when it was resumed");
    assertThat(outcomes(5, 1, 1)).startsWith("brakes wave 1: PAUSE: 3 of 7 ");
    jobs.ask(ControlAct.RESUME, CAMPAIGN, null);
    assertThat(reconcile("once-more")).contains("wave 1: HOLD: ");
    assertThat(outcomes(7, 0, 3))
        .as("the threshold for aborting stays")
        .startsWith("brakes wave 1: ABORT: 6 of 10 ");
  }

  @Test
  void aPersonsPauseAcceptsNoFailures() {
    outcomes(0, 2, 1);
    jobs.ask(ControlAct.PAUSE, CAMPAIGN, "holidays");
    assertThat(jobs.ask(ControlAct.RESUME, CAMPAIGN, null)).endsWith("paused by carol: holidays");
    assertThat(outcomes(3, 1, 1))
        .as("2 of 5: judged now, and never accepted")
        .startsWith("brakes wave 1: PAUSE: 2 of 5 ");
  }

  @Test
  void reportsCountWhileItIsPausedAndOneToBeAbortedIsNotResumed() {
    outcomes(0, 3, 2);
    outcomes(5, 0, 3);
    assertThatThrownBy(() -> jobs.ask(ControlAct.RESUME, CAMPAIGN, null))
        .hasMessageStartingWith("campaign brakes was PAUSED: PAUSE: 2 of 5 ")
        .hasMessageContaining("; it cannot be resumed: wave 1 ABORT: 5 of 8 ");
    assertThat(jobs.ask(ControlAct.ABORT, CAMPAIGN, "fades"))
        .isEqualTo(
            "brakes: aborted by carol: fades; 10 manifests were issued, 0 prepared ones dropped");
    assertThat(states()).containsExactly("brakes|ABORTED", "wave 1|HALTED", "wave 2|PLANNED");
  }
}
