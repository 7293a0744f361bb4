package convoy.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.config.StrictYaml;
import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.OwnerConsent.Mode;
import convoy.data.status.FoldResult;
import convoy.data.status.ModuleState;
import convoy.jobs.simulate.SimulatedAttempt.Kind;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vehicles do what a rule tells them, and the rest is as it was. */
class SimulationRulesTest {
  private static final OwnerConsent FORCED = new OwnerConsent(Mode.FORCED, null);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fail: 100%, error: [POWER_LOSS]            | FAILED POWER_LOSS
          fail: 100%, error: [AIRBAG_FAULT]          | FAILED AIRBAG_FAULT
          fail: 100%, error: [UNSPECIFIED]           | FAILED UNSPECIFIED
          lie: 100%                                  | FAILED VERSION_MISMATCH
          fall-back: 100%                            | FAILED FELL_BACK
          decline: 100%                              | DECLINED
          decline-unasked: 100%                      | DECLINED
          repeat: 100%, disorder: 100%               | INSTALLED
          late: 100%, late-by: P3D                   | INSTALLED
          clock: -PT5H                               | INSTALLED
          battery: 49.5%                             | FAILED LOW_BATTERY
          battery: 50%                               | INSTALLED
          parked: PT0S                               | FAILED NOT_PARKED
          parked: PT29M59S, fail: 100%               | FAILED NOT_PARKED
          parked: PT30M                              | INSTALLED
          has-hardware: 5Q0-9                        | INSTALLED
          model: [Aldera]                            | INSTALLED
          """)
  void everyOutcomeCanBeMade(String keys, String outcome) {
    Map<String, Integer> outcomes = outcomes(rules(keys), OwnerConsent.DEFAULT, 100, 2);
    assertThat(outcomes).isEqualTo(Map.of(outcome, 50));
  }

  @Test
  void anOwnerWhoWasNotToBeAskedDeclinesOnlyWhereTheVehicleIsToldTo() {
    assertThat(outcomes(rules("decline: 100%"), FORCED, 50, 1)).isEqualTo(Map.of("INSTALLED", 50));
    assertThat(outcomes(rules("decline-unasked: 100%"), FORCED, 50, 1))
        .isEqualTo(Map.of("FAILED DECLINED_UNASKED", 50));
  }

  @Test
  void silentVehiclesSayNothingOrBreakOff() {
    assertThat(outcomes(rules("silent: 100%"), FORCED, 200, 1))
        .containsOnlyKeys("ISSUED", "IN_PROGRESS");
  }

  @Test
  void aShareIsTheChanceOfEachAttemptWhateverOthersThereAre() {
    SimulationRules five = rules("fail: 5%, error: [POWER_LOSS]");
    VehicleBehaviour fleet = new VehicleBehaviour(1, SimulationPlan.usual(), five);
    VehicleBehaviour more =
        new VehicleBehaviour(1, SimulationPlan.usual(), rules("fail: 8%, error: [POWER_LOSS]"));
    int failed = 0;
    for (int n = 0; n < 10_000; n++) {
      boolean fails = fleet.play(attempt(n, FORCED)).outcome().equals("POWER_LOSS");
      failed += fails ? 1 : 0;
      if (fails) {
        assertThat(more.play(attempt(n, FORCED)).outcome()).isEqualTo("POWER_LOSS");
      }
    }
    assertThat(failed).isBetween(435, 565);
  }

  @Test
  void theFirstRuleThatCoversAnAttemptCountsAndNoneChangesTheRest() {
    SimulationRules rules =
        StrictYaml.read(
            "rules.yaml",
            """
            rules:
              - { model: [Aldera], region: [DE], wave: [1], fail: 100%, error: [POWER_LOSS] }
              - { model: [Aldera], silent: 100% }
              - { manifest: ROLLBACK, lie: 100% }
              - { hardware: [5Q0-9], fail: 100% }
            """,
            SimulationRules.class);
    VehicleBehaviour told = new VehicleBehaviour(1, SimulationPlan.usual(), rules);
    VehicleBehaviour usual = new VehicleBehaviour(1, SimulationPlan.usual(), SimulationRules.NONE);
    for (int n = 0; n < 300; n++) {
      SimulatedAttempt a = attempt(n, FORCED);
      VehicleBehaviour.Play play = told.play(a);
      boolean first = a.model().equals("Aldera") && a.region().equals("DE") && a.wave() == 1;
      int rule = first ? 1 : a.model().equals("Aldera") ? 2 : a.kind() == Kind.ROLLBACK ? 3 : 0;
      assertThat(play.rule()).isEqualTo(rule);
      if (rule == 0) {
        assertThat(play).isEqualTo(usual.play(a));
      }
    }
  }

  @Test
  void theEcuOfARuleIsTheOneThatFails() {
    VehicleBehaviour told =
        new VehicleBehaviour(
            1, SimulationPlan.usual(), rules("module: [TCU], fail: 100%, error: [FLASH_FAILED]"));
    for (int n = 0; n < 50; n++) {
      FoldResult result = fold(told, attempt(n, FORCED));
      assertThat(result.modules())
          .hasEntrySatisfying("TCU", m -> assertThat(m.state()).isEqualTo(ModuleState.FAILED))
          .hasEntrySatisfying(
              "GATEWAY", m -> assertThat(m.state()).isEqualTo(ModuleState.INSTALLED));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fail: 5             | rules.yaml line 1 column 17: fail '5': expected a share from 0% to 100% such as 12.5%
          fial: 5%            | rules.yaml line 1 column 11: unknown key 'fial', did you mean 'fail'?
          error: [POWER_LOSS] | error '[POWER_LOSS]': expected it beside fail
          fail: 60%, lie: 41% | fail '60%': expected with silent, decline, decline-unasked, lie and fall-back 100% at most, found 101%
          late-by: P1D        | late-by 'PT24H': expected it beside late
          fail: 1%, vin: []   | rules.yaml line 1 column 26: vin '[]': expected one or more
          model: []           | rules.yaml line 1 column 18: model '[]': expected one or more
          error: [], fail: 1% | rules.yaml line 1 column 18: error '[]': expected one or more
          attempt: []         | rules.yaml line 1 column 20: attempt '[]': expected one or more
          parked: -PT1S       | parked 'PT-1S': expected a duration of PT0S or more
          battery: 20         | battery '20': expected a share from 0% to 100% such as 12.5%
          has-hardware: " "   | has-hardware ' ': expected a hardware part
          wave: [0]           | wave '[0]': expected 1 or more
          """)
  void rulesThatCannotBeAreRefusedWithTheirPlace(String keys, String message) {
    assertThatThrownBy(() -> rules(keys)).hasMessageContaining(message);
  }

  @Test
  void namesThatNobodyKnowsAreRefusedWithTheNearest() {
    assertThatThrownBy(
            () ->
                rules("model: [Aldara]").requireKnown(Map.of("model", Set.of("Aldera", "Brevik"))))
        .hasMessage(
            "rule 1: model 'Aldara': expected one that is known here, did you mean 'Aldera'?");
    assertThatThrownBy(
            () -> rules("region: [XX]").requireKnown(Map.of("region", Set.of("DE", "FR"))))
        .hasMessage("rule 1: region 'XX': expected one of DE, FR");
  }

  private static SimulationRules rules(String keys) {
    return StrictYaml.read("rules.yaml", "rules: [{ " + keys + " }]", SimulationRules.class);
  }

  private static Map<String, Integer> outcomes(
      SimulationRules rules, OwnerConsent consent, int to, int step) {
    VehicleBehaviour fleet = new VehicleBehaviour(1, SimulationPlan.usual(), rules);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int n = 0; n < to; n += step) {
      FoldResult result = fold(fleet, attempt(n, consent));
      String error = result.errorCode();
      outcomes.merge(result.state() + (error == null ? "" : " " + error), 1, Integer::sum);
    }
    return outcomes;
  }

  private static FoldResult fold(VehicleBehaviour fleet, SimulatedAttempt attempt) {
    return VehicleBehaviourTest.fold(attempt, VehicleBehaviourTest.events(fleet, attempt));
  }

  private static SimulatedAttempt attempt(int n, OwnerConsent consent) {
    return VehicleBehaviourTest.attempt(n, 1, consent);
  }
}
