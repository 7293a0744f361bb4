package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.ControlAct;
import convoy.data.status.StatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gate with groups, errors that stop and a soak; it pauses from 30 % failures and aborts from 60
 * %, of five vehicles and more.
 */
class StrictGateTest extends RunningCampaign {
  StrictGateTest(@TempDir Path folder) {
    super(
        folder,
        """
          soak: P2D
          by: [region, hardware]
          stop-on: [{ code: AIRBAG_FAULT, vehicles: 1, then: ABORT }]
        """,
        "");
  }

  /** The places in the wave of vehicles whose ECU is of that hardware, or of another. */
  private List<Integer> vehiclesWith(String hardware, boolean isIt) {
    List<String> with =
        jobs.sql()
            .rows(
                "select vin from ecu where module = 'ABS' and hardware_part || ' ' || hardware_version = '%s'"
                    .formatted(hardware));
    return IntStream.range(0, vins.size())
        .filter(i -> with.contains(vins.get(i)) == isIt)
        .boxed()
        .toList();
  }

  private String reconciled(String run, List<StatusEvent> events) {
    report(run + ".csv", events.toArray(StatusEvent[]::new));
    String said = reconcile(run);
    return said.substring(said.indexOf('\n') + 1);
  }

  private String gate(String run) {
    String said = reconcile(run);
    return said.substring(said.indexOf('\n') + 1);
  }

  @Test
  void aBadHardwareVersionInAGoodAverageStopsTheCampaign() {
    String bad =
        jobs.sql()
            .rows(
                "select hardware_part || ' ' || hardware_version from ecu join assignment using (vin)"
                    + " where module = 'ABS' and wave = 1 group by all order by count(*) desc, 1")
            .get(0);
    int all = vehiclesWith(bad, true).size();
    assertThat(all).as("enough to be judged, and few enough for two to be 30 %").isBetween(5, 6);
    String share = all == 5 ? "(40.0 %)" : "(33.3 %)";
    List<StatusEvent> events = new ArrayList<>();
    for (int i : vehiclesWith(bad, true)) {
      events.add(events.size() < 2 ? failed(i, 60, 1, "FLASH_FAILED") : installed(i, 60, 1));
    }
    vehiclesWith(bad, false).forEach(i -> events.add(installed(i, 60, 1)));

    assertThat(reconciled("night-1", events))
        .isEqualTo(
            "brakes wave 1: PAUSE: hardware ABS %s: 2 of %d vehicles with an outcome failed or went silent %s, the limit is 30.0 %%; 2 failed, 0 silent, %d installed; of the whole wave 2 of 10 (20.0 %%)"
                .formatted(bad, all, share, all - 2));
    assertThat(states()).containsExactly("brakes|PAUSED", "wave 1|HALTED", "wave 2|PLANNED");
    assertThat(
            jobs.sql()
                .rows("select worst_group, worst_failures, worst_outcomes from gate_decision"))
        .containsExactly("hardware ABS " + bad + "|2|" + all);

    assertThat(jobs.ask(ControlAct.RESUME, CAMPAIGN, "they are exchanged"))
        .endsWith("; wave 1 pauses again above 2 failed or silent vehicles of hardware ABS " + bad);
    assertThat(gate("again"))
        .isEqualTo(
            "brakes wave 1: HOLD: 8 of 10 vehicles installed (80.0 %%), needed 80.0 %%; 2 failed, 0 silent; it has to last until %s; worst of the groups: hardware ABS %s, 2 of %d %s; 2 of hardware ABS %s were accepted when it was resumed"
                .formatted(
                    jobs.clock().instant().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS),
                    bad,
                    all,
                    share,
                    bad));
  }

  @Test
  void oneErrorThatStopsEndsTheCampaignAlthoughTheVehicleGotOverIt() {
    List<StatusEvent> events = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      events.add(installed(i, 60, 1));
    }
    events.add(failed(3, 50, 1, "AIRBAG_FAULT"));

    assertThat(reconciled("night-1", events))
        .startsWith(
            "brakes wave 1: ABORT: 1 of the campaign's vehicles had AIRBAG_FAULT, the limit is 1");
    assertThat(states()).containsExactly("brakes|ABORTED", "wave 1|HALTED", "wave 2|PLANNED");
  }

  @Test
  void theNextWaveWaitsUntilTheSuccessOfThisOneHasLasted() {
    List<StatusEvent> events = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      events.add(installed(i, 60, 1));
    }
    String holds =
        "brakes wave 1: HOLD: 9 of 10 vehicles installed (90.0 %), needed 80.0 %; 0 failed, 0 silent; it has to last until "
            + NOW.plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);

    assertThat(reconciled("night-1", events)).isEqualTo(holds);
    jobs.clock().set(NOW.plus(Duration.ofDays(3)).minusSeconds(1));
    assertThat(gate("night-2")).isEqualTo(holds);
    assertThat(states()).containsExactly("brakes|RUNNING", "wave 1|RELEASED", "wave 2|PLANNED");
    jobs.clock().set(NOW.plus(Duration.ofDays(3)));
    assertThat(gate("night-3"))
        .isEqualTo(
            "brakes wave 1: ADVANCE: 9 of 10 vehicles installed (90.0 %), needed 80.0 %; 0 failed, 0 silent");
    assertThat(states()).containsExactly("brakes|RUNNING", "wave 1|SUCCEEDED", "wave 2|RELEASED");
  }

  @Test
  void aPersonLetsAWaveGoOnThatTheGateHoldsButNoneThatItWouldStop() {
    List<StatusEvent> events = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      events.add(installed(i, 60, 1));
    }
    String held = "HOLD: 4 of 10 vehicles installed (40.0 %), needed 80.0 %; 0 failed, 0 silent";
    assertThat(reconciled("night-1", events)).isEqualTo("brakes wave 1: " + held);
    assertThatThrownBy(() -> jobs.advance(CAMPAIGN, 2, "proved on the bench"))
        .hasMessageStartingWith("campaign brakes is RUNNING and its wave 2 is not RELEASED, or ");

    assertThat(jobs.advance(CAMPAIGN, 1, "proved on the bench"))
        .isEqualTo(
            "brakes: wave 1 advanced by carol: proved on the bench; the gate said %s; wave 2 is released"
                .formatted(held));

    assertThat(states()).containsExactly("brakes|RUNNING", "wave 1|SUCCEEDED", "wave 2|RELEASED");
    assertThat(
            jobs.sql()
                .rows(
                    "select who, act, before, after from audit_log where act in ('GATE_OVERRIDDEN', 'WAVE_SUCCEEDED') order by seq"))
        .containsExactly(
            "carol|GATE_OVERRIDDEN|HOLD|wave 1: advanced by carol: proved on the bench; the gate said "
                + held,
            "carol|WAVE_SUCCEEDED|-|wave 1: advanced by carol: proved on the bench");
    assertThat(issue("night-2"))
        .as("the wave stands proved")
        .startsWith("brakes: ")
        .endsWith(" manifests to issue")
        .isNotEqualTo("brakes: 0 manifests to issue");
    report("airbag.csv", failed(9, 70, 1, "AIRBAG_FAULT"));
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "night-3");
    assertThat(states())
        .as("also of a wave that a person let go on")
        .first()
        .isEqualTo("brakes|ABORTED");
    assertThatThrownBy(() -> jobs.advance(CAMPAIGN, 2, "go"))
        .hasMessageStartingWith("campaign brakes is ABORTED and its wave 2 is not RELEASED, or ");
  }

  @Test
  void anErrorThatStopsEndsTheCampaignAlsoWhenNoWaveIsReleasedAnyMore() {
    advance(1, "night-1");
    issue("night-1");
    advance(2, "night-2");
    assertThat(states()).containsExactly("brakes|RUNNING", "wave 1|SUCCEEDED", "wave 2|SUCCEEDED");

    assertThat(reconciled("night-3", List.of(failed(3, 90, 1, "AIRBAG_FAULT"))))
        .isEqualTo(
            "brakes wave 1: ABORT: 1 of the campaign's vehicles had AIRBAG_FAULT, the limit is 1; the wave had succeeded before");
    assertThat(states()).containsExactly("brakes|ABORTED", "wave 1|SUCCEEDED", "wave 2|SUCCEEDED");
    assertThat(assignment(3, "state, error_code")).isEqualTo("FAILED|AIRBAG_FAULT");
  }

  @Test
  void aGroupThatFailsAfterItsWaveSucceededPausesTheCampaignUntilAPersonAcceptsIt() {
    String bad =
        jobs.sql()
            .rows(
                "select hardware_part || ' ' || hardware_version from ecu join assignment using (vin)"
                    + " where module = 'ABS' and wave = 1 group by all order by count(*) desc, 1")
            .get(0);
    int all = vehiclesWith(bad, true).size();
    advance(1, "night-1");
    List<StatusEvent> events = new ArrayList<>();
    for (int i : vehiclesWith(bad, true)) {
      events.add(events.size() < 2 ? failed(i, 60, 1, "FLASH_FAILED") : installed(i, 60, 1));
    }
    vehiclesWith(bad, false).forEach(i -> events.add(installed(i, 60, 1)));

    assertThat(reconciled("night-2", events))
        .isEqualTo(
            "brakes wave 1: PAUSE: hardware ABS %s: 2 of %d vehicles with an outcome failed %s, the limit is 30.0 %%; 2 failed, 0 silent, %d installed; of the whole wave 2 of 10 (20.0 %%); the wave had succeeded before"
                .formatted(bad, all, all == 5 ? "(40.0 %)" : "(33.3 %)", all - 2));
    assertThat(states()).containsExactly("brakes|PAUSED", "wave 1|SUCCEEDED", "wave 2|HALTED");

    assertThat(jobs.ask(ControlAct.RESUME, CAMPAIGN, "they are exchanged"))
        .endsWith("; wave 1 pauses again above 2 failed or silent vehicles of hardware ABS " + bad);
    assertThat(gate("again")).startsWith("brakes wave 2: HOLD: 0 of ");
    assertThat(states()).containsExactly("brakes|RUNNING", "wave 1|SUCCEEDED", "wave 2|RELEASED");
  }

  /** Lets the wave go on although its gate holds. */
  private void advance(int wave, String run) {
    assertThat(gate(run)).startsWith("brakes wave %d: HOLD: 0 of ".formatted(wave));
    jobs.advance(CAMPAIGN, wave, "proved on the bench");
  }

  @Test
  void aGateThatCannotBeReadPausesTheCampaign() {
    jobs.sql()
        .change(
            "update campaign set definition = replace(definition, '\"soakSeconds\"', '\"soak\"')");

    assertThat(gate("night-1"))
        .startsWith("brakes wave 1: PAUSE: not trusted: definition: gate: found the fields [");
    assertThat(states()).containsExactly("brakes|PAUSED", "wave 1|HALTED", "wave 2|PLANNED");
  }
}
