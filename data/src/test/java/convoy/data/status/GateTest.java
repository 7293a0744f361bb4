package convoy.data.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.data.campaign.GateFact;
import convoy.data.campaign.GateRule;
import convoy.data.campaign.Share;
import convoy.data.campaign.SilentVehicles;
import convoy.data.campaign.StopOn;
import convoy.data.campaign.Threshold;
import convoy.data.status.GateDecision.Verdict;
import convoy.data.status.GateEvidence.Group;
import convoy.data.status.GateThresholds.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final Instant NOW = Instant.parse("2026-12-01T02:00:00Z");

  /**
   * Installed, failed, silent, declined, in progress, waiting; 80 % success, 10 % pause, 25 %
   * abort, 10 reports.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          43 |  3 | 0 | 0 |  2 |  0 | ADVANCE: 43 of 48 vehicles installed (89.5 %), needed 80.0 %; 3 failed, 0 silent
          40 |  0 | 0 | 0 |  0 | 10 | ADVANCE: 40 of 50 vehicles installed (80.0 %), needed 80.0 %; 0 failed, 0 silent
          39 |  0 | 0 | 0 | 11 |  0 | HOLD: 39 of 50 vehicles installed (78.0 %), needed 80.0 %; 0 failed, 0 silent
          7999 | 0 | 0 | 0 | 2001 | 0 | HOLD: 7999 of 10000 vehicles installed (79.9 %), needed 80.0 %; 0 failed, 0 silent
          39 |  0 | 0 | 2 |  9 |  0 | ADVANCE: 39 of 48 vehicles installed (81.2 %), needed 80.0 %; 0 failed, 0 silent, 2 declined
          0  |  0 | 0 | 0 |  0 | 50 | HOLD: 0 of 50 vehicles installed (0.0 %), needed 80.0 %; 0 failed, 0 silent
          18 |  1 | 1 | 0 | 30 |  0 | PAUSE: 2 of 20 vehicles with an outcome failed or went silent (10.0 %), the limit is 10.0 %; 1 failed, 1 silent, 18 installed
          19 |  1 | 1 | 0 | 29 |  0 | HOLD: 19 of 50 vehicles installed (38.0 %), needed 80.0 %; 1 failed, 1 silent
          45 |  5 | 0 | 0 |  0 |  0 | PAUSE: 5 of 50 vehicles with an outcome failed or went silent (10.0 %), the limit is 10.0 %; 5 failed, 0 silent, 45 installed
          9  |  0 | 3 | 1 | 37 |  0 | ABORT: 3 of 12 vehicles with an outcome failed or went silent (25.0 %), the limit is 25.0 %; 0 failed, 3 silent, 9 installed, 1 declined
          0  |  9 | 0 | 0 | 41 |  0 | HOLD: 0 of 50 vehicles installed (0.0 %), needed 80.0 %; 9 failed, 0 silent
          0  | 10 | 0 | 0 | 40 |  0 | ABORT: 10 of 10 vehicles with an outcome failed or went silent (100.0 %), the limit is 25.0 %; 10 failed, 0 silent, 0 installed
          4  |  1 | 0 | 0 |  0 |  0 | PAUSE: 1 of 5 vehicles with an outcome failed or went silent (20.0 %), the limit is 10.0 %; 1 failed, 0 silent, 4 installed
          2  |  2 | 0 | 4 |  0 |  0 | ABORT: 2 of 4 vehicles with an outcome failed or went silent (50.0 %), the limit is 25.0 %; 2 failed, 0 silent, 2 installed, 4 declined
          7  |  1 | 0 | 0 |  0 |  0 | PAUSE: 1 of 8 vehicles with an outcome failed or went silent (12.5 %), the limit is 10.0 %; 1 failed, 0 silent, 7 installed
          0  |  0 | 0 | 0 |  0 |  0 | ADVANCE: the wave has no vehicles
          0  |  0 | 0 | 5 |  0 |  0 | ADVANCE: all 5 vehicles of the wave declined
          """)
  void verdicts(
      long installed,
      long failed,
      long silent,
      long declined,
      long inProgress,
      long waiting,
      String explanation) {
    long total = installed + failed + silent + declined + inProgress + waiting;
    GateNumbers numbers = numbers(total, installed, failed, silent, declined, inProgress, waiting);

    GateDecision decision = decide(numbers, thresholds(8_000, 1_000, 2_500, 10));

    assertThat(decision.explanation()).isEqualTo(explanation);
    assertThat(explanation).startsWith(decision.verdict() + ": ");
    assertThat(decision.numbers()).isEqualTo(numbers);
  }

  @Test
  void aWaveOfWhichNothingIsLeftButWhatWasWithdrawnDoesNotAdvance() {
    GateThresholds thresholds = thresholds(8_000, 1_000, 2_500, 10);
    for (int declined : new int[] {0, 3}) {
      assertThat(
              decide(new GateNumbers(declined, 0, 0, 0, declined, 0, 0, 7), thresholds)
                  .explanation())
          .isEqualTo(
              "HOLD: 7 vehicles of the wave were withdrawn, and none is left to judge it by");
    }
    assertThat(decide(new GateNumbers(4, 4, 0, 0, 0, 0, 0, 7), thresholds).verdict())
        .isEqualTo(Verdict.ADVANCE);
  }

  @Test
  void earlyFailuresHoldAWaveThatWouldElseAdvance() {
    GateDecision decision =
        decide(numbers(10, 6, 2, 0, 0, 2, 0), thresholds(5_000, 2_025, 5_000, 50));

    assertThat(decision.verdict()).isEqualTo(Verdict.HOLD);
    assertThat(decision.explanation())
        .isEqualTo(
            "HOLD: 2 of 8 vehicles with an outcome failed or went silent (25.0 %), the limit of 20.25 % is judged from 10 outcomes");
  }

  @Test
  void theLowestLimitStopsAtTheFirstFailureAndNotBefore() {
    GateThresholds strict = thresholds(10_000, 1, 10_000, 1);

    assertThat(decide(numbers(2, 1, 0, 0, 0, 1, 0), strict).verdict()).isEqualTo(Verdict.HOLD);
    assertThat(decide(numbers(2, 1, 1, 0, 0, 0, 0), strict).verdict()).isEqualTo(Verdict.PAUSE);
  }

  @Test
  void worseNumbersNeverGetABetterVerdict() {
    Random random = new Random(6);
    Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
    for (int run = 0; run < 6_000; run++) {
      GateThresholds thresholds = randomThresholds(random);
      long[] n = new long[6];
      for (int i = 0; i < n.length; i++) {
        n[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(30);
      }
      Verdict before = decide(numbers(n), thresholds).verdict();
      seen.add(before);
      int from = new int[] {0, 3, 4, 5}[random.nextInt(4)];
      if (n[from] == 0) {
        continue;
      }
      n[from]--;
      n[1 + random.nextInt(2)]++;

      Verdict after = decide(numbers(n), thresholds).verdict();

      if (before == Verdict.PAUSE || before == Verdict.ABORT) {
        assertThat(after).as("run %s", run).isGreaterThanOrEqualTo(before);
      } else if (before == Verdict.HOLD) {
        assertThat(after).as("run %s", run).isNotEqualTo(Verdict.ADVANCE);
      }
    }
    assertThat(seen).hasSize(4);
  }

  @Test
  void everyVehicleIsCountedOnceByItsState() {
    GateNumbers numbers = GateNumbers.of(oneBitEach());

    assertThat(numbers)
        .isEqualTo(
            new GateNumbers(
                (1L << AssignmentState.values().length) - 1 - bits("CANCELLED", "SUPERSEDED"),
                bits("INSTALLED", "DOWNLOADED"),
                bits(
                    "FAILED",
                    "RETRY_DUE",
                    "ROLLBACK_DUE",
                    "ROLLBACK_ISSUED",
                    "ROLLED_BACK",
                    "SERVICE_REQUIRED"),
                bits("SILENT", "EXPIRED"),
                bits("DECLINED"),
                bits("ISSUED", "IN_PROGRESS"),
                bits("PLANNED", "WAITING"),
                bits("CANCELLED")));
  }

  @Test
  void numbersThatDoNotAddUpAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> numbers(10, 5, 1, 1, 1, 1, 0))
        .withMessage(
            "5 installed, 1 failed, 1 silent, 1 declined, 1 in progress, 0 waiting make 9 vehicles, expected the total of 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> numbers(4, 5, -1, 0, 0, 0, 0))
        .withMessage(
            "5 installed, -1 failed, 0 silent, 0 declined, 0 in progress, 0 waiting: expected no number below 0");
  }

  /** Installed, failed, accepted; of 50 vehicles, by the thresholds of {@link #verdicts}. */
  @ParameterizedTest
  @CsvSource({
    "36, 4, 0, PAUSE",
    "36, 4, 4, HOLD",
    "36, 4, 5, HOLD",
    "37, 5, 4, PAUSE",
    "30, 10, 10, ABORT",
    "40, 5, 5, ADVANCE",
    "40, 6, 5, PAUSE"
  })
  void acceptedFailuresCallForAPauseOnlyOnceThereAreMore(
      long installed, long failed, long accepted, Verdict verdict) {
    GateNumbers numbers = numbers(50, installed, failed, 0, 0, 50 - installed - failed, 0);

    GateDecision decision = decide(numbers, thresholds(8_000, 1_000, 2_500, 10), accepted);

    assertThat(decision.verdict()).isEqualTo(verdict);
    assertThat(decision.explanation().endsWith(" were accepted when it was resumed"))
        .isEqualTo(accepted > 0);
  }

  @Test
  void aCampaignThatInstallsNothingSaysSo() {
    GateThresholds downloads =
        new GateThresholds(thresholds(8_000, 1_000, 2_500, 10).rule(), Goal.DOWNLOADED);

    assertThat(decide(numbers(10, 8, 0, 0, 0, 2, 0), downloads).explanation())
        .isEqualTo(
            "ADVANCE: 8 of 10 vehicles downloaded (80.0 %), needed 80.0 %; 0 failed, 0 silent");
    assertThat(decide(numbers(10, 7, 3, 0, 0, 0, 0), downloads).explanation())
        .isEqualTo(
            "ABORT: 3 of 10 vehicles with an outcome failed or went silent (30.0 %), the limit is 25.0 %; 3 failed, 0 silent, 7 downloaded");
  }

  /** Installed, failed, silent; 10 vehicles in all, of which the others are on their way. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FAILED  | 7 | 0 | 3 | ABORT: 3 of 10 vehicles with an outcome failed or went silent (30.0 %), the limit is 25.0 %; 0 failed, 3 silent, 7 installed
          IGNORED | 7 | 0 | 3 | ADVANCE: 7 of 7 vehicles installed (100.0 %), needed 80.0 %; 0 failed, 3 silent; silent vehicles are ignored
          HELD    | 7 | 0 | 3 | HOLD: 7 of 10 vehicles installed (70.0 %), needed 80.0 %; 0 failed, 3 silent; silent vehicles are waited for
          HELD    | 8 | 0 | 2 | ADVANCE: 8 of 10 vehicles installed (80.0 %), needed 80.0 %; 0 failed, 2 silent; silent vehicles are waited for
          IGNORED | 6 | 1 | 3 | PAUSE: 1 of 7 vehicles with an outcome failed (14.2 %), the limit is 10.0 %; 1 failed, 3 silent, 6 installed; silent vehicles are ignored
          HELD    | 6 | 1 | 3 | PAUSE: 1 of 7 vehicles with an outcome failed (14.2 %), the limit is 10.0 %; 1 failed, 3 silent, 6 installed; silent vehicles are waited for
          IGNORED | 0 | 0 | 10 | HOLD: all 10 vehicles of the wave that did not decline are silent and ignored, and none is left to judge it by; silent vehicles are ignored
          IGNORED | 4 | 0 | 6 | HOLD: 4 of 4 vehicles installed (100.0 %), needed 80.0 %; 0 failed, 6 silent, but only 4 of 5 outcomes; silent vehicles are ignored
          """)
  void silentVehiclesCountAsTheRuleSays(
      SilentVehicles silent, long installed, long failed, long silentOnes, String explanation) {
    GateRule rule = rule("80%", "10%", "25%", 5, silent, null, List.of(), List.of());
    long rest = 10 - installed - failed - silentOnes;

    assertThat(
            decide(numbers(10, installed, failed, silentOnes, 0, rest, 0), installs(rule))
                .explanation())
        .isEqualTo(explanation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          50 |  3 | ADVANCE: 50 of 100 vehicles installed (50.0 %), needed 50 vehicles; 3 failed, 0 silent
          49 |  3 | HOLD: 49 of 100 vehicles installed (49.0 %), needed 50 vehicles; 3 failed, 0 silent
          0  |  4 | PAUSE: 4 of 4 vehicles with an outcome failed or went silent (100.0 %), the limit is 4 vehicles; 4 failed, 0 silent, 0 installed
          60 |  4 | PAUSE: 4 of 64 vehicles with an outcome failed or went silent (6.2 %), the limit is 4 vehicles; 4 failed, 0 silent, 60 installed
          90 |  9 | ABORT: 9 of 99 vehicles with an outcome failed or went silent (9.0 %), the limit is 9 vehicles; 9 failed, 0 silent, 90 installed
          """)
  void numbersOfVehiclesCountWhateverTheShareAndHoweverFewReported(
      long installed, long failed, String explanation) {
    GateRule rule =
        rule(
            "50 vehicles",
            "4 vehicles",
            "9 vehicles",
            20,
            SilentVehicles.FAILED,
            null,
            List.of(),
            List.of());
    GateNumbers numbers = numbers(100, installed, failed, 0, 0, 100 - installed - failed, 0);

    assertThat(decide(numbers, installs(rule)).explanation()).isEqualTo(explanation);
  }

  @Test
  void aWaveSmallerThanTheNumberThatIsNeededHasToSucceedWhole() {
    GateRule rule =
        rule("50 vehicles", "90%", "95%", 1, SilentVehicles.FAILED, null, List.of(), List.of());

    assertThat(decide(numbers(10, 9, 1, 0, 0, 0, 0), installs(rule)).verdict())
        .isEqualTo(Verdict.HOLD);
    assertThat(decide(numbers(12, 10, 0, 0, 2, 0, 0), installs(rule)).verdict())
        .isEqualTo(Verdict.ADVANCE);
  }

  @Test
  void withAConfidenceFewFailuresStopNothingAndTheSameShareOfManyDoes() {
    GateRule rule =
        GateRule.of(
            Threshold.parse("80%"),
            new Threshold.Bound(Share.parse("7%"), Share.parse("95%")),
            new Threshold.Bound(Share.parse("30%"), Share.parse("95%")),
            1,
            Duration.ofDays(7));

    assertThat(decide(numbers(300, 2, 1, 0, 0, 297, 0), installs(rule)).verdict())
        .isEqualTo(Verdict.HOLD);
    assertThat(decide(numbers(400, 270, 30, 0, 0, 100, 0), installs(rule)).explanation())
        .isEqualTo(
            "PAUSE: 30 of 300 vehicles with an outcome failed or went silent (10.0 %, with 95.0 % confidence 7.09 % or more), the limit is 7.0 %; 30 failed, 0 silent, 270 installed");
    assertThat(decide(numbers(400, 280, 20, 0, 0, 100, 0), installs(rule)).verdict())
        .isEqualTo(Verdict.HOLD);
  }

  @Test
  void anErrorStopsAtItsOwnNumberWhateverElseSucceeded() {
    GateRule rule =
        rule(
            "80%",
            "10%",
            "25%",
            10,
            SilentVehicles.FAILED,
            null,
            List.of(
                new StopOn("FLASH_FAILED", 3, StopOn.Then.PAUSE),
                new StopOn("AIRBAG_FAULT", 1, StopOn.Then.ABORT)),
            List.of());
    GateNumbers good = numbers(1_000, 999, 1, 0, 0, 0, 0);

    assertThat(of(good, Map.of("AIRBAG_FAULT", 1L, "FLASH_FAILED", 3L), Map.of(), rule))
        .extracting(GateDecision::explanation)
        .isEqualTo("ABORT: 1 of the campaign's vehicles had AIRBAG_FAULT, the limit is 1");
    GateDecision pause = of(good, Map.of("FLASH_FAILED", 3L, "OTHER", 9L), Map.of(), rule);
    assertThat(pause.explanation())
        .isEqualTo("PAUSE: 3 of the campaign's vehicles had FLASH_FAILED, the limit is 3");
    assertThat(pause.pauses()).isEqualTo(Map.of("code FLASH_FAILED", 3L));
    assertThat(of(good, Map.of("FLASH_FAILED", 3L), pause.pauses(), rule).explanation())
        .isEqualTo(
            "ADVANCE: 999 of 1000 vehicles installed (99.9 %), needed 80.0 %; 1 failed, 0 silent; 3 of code FLASH_FAILED were accepted when it was resumed");
    assertThat(of(good, Map.of("FLASH_FAILED", 4L), pause.pauses(), rule).verdict())
        .isEqualTo(Verdict.PAUSE);
    assertThat(of(good, Map.of("FLASH_FAILED", 2L), Map.of(), rule).verdict())
        .isEqualTo(Verdict.ADVANCE);
    assertThat(of(numbers(4, 0, 0, 0, 4, 0, 0), Map.of("AIRBAG_FAULT", 1L), Map.of(), rule))
        .as("of a wave before this one, of which all declined")
        .extracting(GateDecision::verdict)
        .isEqualTo(Verdict.ABORT);
  }

  @Test
  void aBadGroupInAGoodAverageStopsAndIsNamedWithItsNumbers() {
    GateNumbers wave = numbers(200, 190, 10, 0, 0, 0, 0);
    List<Group> groups =
        List.of(
            new Group(GateFact.MODEL, "Aldera", numbers(100, 96, 4, 0, 0, 0, 0)),
            new Group(GateFact.MODEL, "Brevik", numbers(100, 94, 6, 0, 0, 0, 0)),
            new Group(GateFact.REGION, "NO", numbers(5, 0, 5, 0, 0, 0, 0)),
            new Group(GateFact.HARDWARE, "ABS B H08", numbers(40, 32, 8, 0, 0, 0, 0)),
            new Group(GateFact.HARDWARE, "ABS A H07", numbers(160, 158, 2, 0, 0, 0, 0)));
    GateThresholds thresholds = thresholds(8_000, 1_500, 4_000, 10);

    GateDecision decision =
        Gate.decide(new GateEvidence(wave, groups, Map.of(), Map.of(), null), thresholds, NOW);

    assertThat(decision.explanation())
        .isEqualTo(
            "PAUSE: hardware ABS B H08: 8 of 40 vehicles with an outcome failed or went silent (20.0 %), the limit is 15.0 %; 8 failed, 0 silent, 32 installed; of the whole wave 10 of 200 (5.0 %)");
    assertThat(decision.pauses()).isEqualTo(Map.of("hardware ABS B H08", 8L));
    assertThat(decision.worst())
        .isEqualTo(new GateDecision.WorstGroup("hardware ABS B H08", 8, 40));
    assertThat(
            Gate.decide(
                    new GateEvidence(wave, groups, Map.of(), decision.pauses(), null),
                    thresholds,
                    NOW)
                .explanation())
        .as("its failures were accepted, and NO has too few vehicles")
        .isEqualTo(
            "ADVANCE: 190 of 200 vehicles installed (95.0 %), needed 80.0 %; 10 failed, 0 silent; worst of the groups: hardware ABS B H08, 8 of 40 (20.0 %); 8 of hardware ABS B H08 were accepted when it was resumed");
  }

  @Test
  void successHasToLastForItsSoakWhileFailuresAreJudged() {
    GateThresholds thresholds =
        installs(
            rule(
                "80%",
                "10%", "25%", 5, SilentVehicles.FAILED, Duration.ofDays(2), List.of(), List.of()));
    GateNumbers good = numbers(10, 9, 0, 0, 0, 1, 0);

    GateDecision first = Gate.decide(GateEvidence.of(good), thresholds, NOW);

    assertThat(first.explanation())
        .isEqualTo(
            "HOLD: 9 of 10 vehicles installed (90.0 %), needed 80.0 %; 0 failed, 0 silent; it has to last until 2026-12-03T02:00:00Z");
    assertThat(first.successSince()).isEqualTo(NOW);
    assertThat(since(good, thresholds, NOW, Duration.ofDays(2).minusSeconds(1)).verdict())
        .isEqualTo(Verdict.HOLD);
    GateDecision later = since(good, thresholds, NOW, Duration.ofDays(2));
    assertThat(later.verdict()).isEqualTo(Verdict.ADVANCE);
    assertThat(later.successSince()).isEqualTo(NOW);
    GateDecision broken = since(numbers(10, 7, 0, 0, 0, 3, 0), thresholds, NOW, Duration.ofDays(3));
    assertThat(broken.verdict()).isEqualTo(Verdict.HOLD);
    assertThat(broken.successSince()).as("the success was taken back").isNull();
    GateDecision failing =
        since(numbers(10, 9, 1, 0, 0, 0, 0), thresholds, NOW, Duration.ofDays(3));
    assertThat(failing.verdict()).isEqualTo(Verdict.PAUSE);
    assertThat(failing.successSince()).isNull();
    assertThat(since(numbers(0, 0, 0, 0, 0, 0, 0), thresholds, null, Duration.ZERO).explanation())
        .isEqualTo("ADVANCE: the wave has no vehicles");
  }

  private static GateDecision since(
      GateNumbers numbers, GateThresholds thresholds, @Nullable Instant since, Duration later) {
    return Gate.decide(
        new GateEvidence(numbers, List.of(), Map.of(), Map.of(), since),
        thresholds,
        NOW.plus(later));
  }

  /** Of any rule: groups only ever add a reason to stop, and one failure more never takes one. */
  @Test
  void neitherGroupsNorFailuresMakeAVerdictBetter() {
    Random random = new Random(7);
    Set<Verdict> seen = EnumSet.noneOf(Verdict.class);
    for (int run = 0; run < 4_000; run++) {
      GateThresholds thresholds = installs(randomRule(random));
      GateNumbers[] parts = {randomNumbers(random), randomNumbers(random)};
      List<Group> groups =
          List.of(
              new Group(GateFact.MODEL, "A", parts[0]), new Group(GateFact.MODEL, "B", parts[1]));
      Instant since = random.nextBoolean() ? NOW.minus(Duration.ofDays(2)) : null;
      GateEvidence alone =
          new GateEvidence(sum(parts), List.of(), Map.of("E", 1L), Map.of(), since);
      GateEvidence grouped = new GateEvidence(sum(parts), groups, alone.codes(), Map.of(), since);
      Verdict whole = Gate.decide(alone, thresholds, NOW).verdict();
      Verdict before = Gate.decide(grouped, thresholds, NOW).verdict();
      seen.add(before);
      assertThat(before).as("run %s", run).isGreaterThanOrEqualTo(stop(whole));
      if (stop(before) == Verdict.ADVANCE) {
        assertThat(before).as("run %s", run).isEqualTo(whole);
      }
      int part = random.nextInt(2);
      GateNumbers n = parts[part];
      boolean fromInstalled = n.installed() > 0 && random.nextBoolean();
      if (!fromInstalled && n.inProgress() == 0) {
        continue;
      }
      parts[part] =
          numbers(
              n.total(),
              n.installed() - (fromInstalled ? 1 : 0),
              n.failed() + 1,
              n.silent(),
              n.declined(),
              n.inProgress() - (fromInstalled ? 0 : 1),
              n.waiting());
      GateEvidence worse =
          new GateEvidence(
              sum(parts),
              List.of(
                  new Group(GateFact.MODEL, "A", parts[0]),
                  new Group(GateFact.MODEL, "B", parts[1])),
              Map.of("E", 2L),
              Map.of(),
              since);

      Verdict after = Gate.decide(worse, thresholds, NOW).verdict();

      assertThat(after).as("run %s", run).isGreaterThanOrEqualTo(stop(before));
    }
    assertThat(seen).hasSize(4);
  }

  /** What must not be undercut: ADVANCE and HOLD may follow each other. */
  private static Verdict stop(Verdict verdict) {
    return verdict == Verdict.HOLD ? Verdict.ADVANCE : verdict;
  }

  private static GateRule randomRule(Random random) {
    int share = 1 + random.nextInt(4_000);
    int higher = share + 1 + random.nextInt(5_000);
    Share confidence = new Share(5_000 + random.nextInt(4_990));
    Threshold[][] limits = {
      {part(share), part(higher)},
      {new Threshold.Vehicles(share % 9 + 1), new Threshold.Vehicles(share % 9 + 2)},
      {part(share), new Threshold.Bound(new Share(higher), confidence)},
      {
        new Threshold.Bound(new Share(share), confidence),
        new Threshold.Bound(new Share(higher), confidence)
      },
    };
    Threshold[] limit = limits[random.nextInt(limits.length)];
    return new GateRule(
        random.nextBoolean() ? part(1 + random.nextInt(10_000)) : new Threshold.Vehicles(share),
        limit[0],
        limit[1],
        1 + random.nextInt(30),
        Duration.ofDays(7),
        List.of(SilentVehicles.values()).get(random.nextInt(3)),
        random.nextBoolean() ? null : Duration.ofDays(1),
        random.nextBoolean()
            ? List.of()
            : List.of(
                new StopOn(
                    "E",
                    1 + random.nextInt(9),
                    random.nextBoolean() ? StopOn.Then.PAUSE : StopOn.Then.ABORT)),
        List.of(GateFact.MODEL));
  }

  private static GateNumbers randomNumbers(Random random) {
    long[] n = new long[6];
    for (int i = 0; i < n.length; i++) {
      n[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(i == 0 ? 60 : 8);
    }
    return numbers(n);
  }

  private static GateNumbers sum(GateNumbers... parts) {
    GateNumbers a = parts[0];
    GateNumbers b = parts[1];
    return numbers(
        a.total() + b.total(),
        a.installed() + b.installed(),
        a.failed() + b.failed(),
        a.silent() + b.silent(),
        a.declined() + b.declined(),
        a.inProgress() + b.inProgress(),
        a.waiting() + b.waiting());
  }

  private static GateDecision of(
      GateNumbers numbers, Map<String, Long> codes, Map<String, Long> accepted, GateRule rule) {
    return Gate.decide(
        new GateEvidence(numbers, List.of(), codes, accepted, null), installs(rule), NOW);
  }

  private static GateThresholds installs(GateRule rule) {
    return new GateThresholds(rule, Goal.INSTALLED);
  }

  private static GateRule rule(
      String success,
      String pause,
      String abort,
      int reports,
      SilentVehicles silent,
      @Nullable Duration soak,
      List<StopOn> stopOn,
      List<GateFact> by) {
    return new GateRule(
        Threshold.parse(success),
        Threshold.parse(pause),
        Threshold.parse(abort),
        reports,
        Duration.ofDays(7),
        silent,
        soak,
        stopOn,
        by);
  }

  private static GateThresholds thresholds(int success, int pause, int abort, int reports) {
    return new GateThresholds(
        GateRule.of(part(success), part(pause), part(abort), reports, Duration.ofDays(7)),
        Goal.INSTALLED);
  }

  private static Threshold part(int basisPoints) {
    return new Threshold.Part(new Share(basisPoints));
  }

  /** Installed, failed, silent; 10 % pause, 25 % abort, 10 reports. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "45 |  4 |  0 | -",
        "36 |  4 |  0 | PAUSE: 4 of 40 vehicles with an outcome failed (10.0 %), the limit is 10.0 %; 4 failed, 0 silent, 36 installed; the wave had succeeded before",
        "30 | 10 | 10 | ABORT: 10 of 40 vehicles with an outcome failed (25.0 %), the limit is 25.0 %; 10 failed, 10 silent, 30 installed; silent vehicles are ignored; the wave had succeeded before",
        "38 |  1 | 11 | -",
        "0  |  0 | 50 | -",
        "8  |  1 |  0 | -",
      })
  void aWaveThatSucceededStopsForFailuresThatComeLateAndNotForSilence(
      long installed, long failed, long silent, @Nullable String expected) {
    assertThat(
            Gate.decideLate(
                    GateEvidence.of(
                        numbers(
                            50, installed, failed, silent, 0, 50 - installed - failed - silent, 0)),
                    thresholds(8_000, 1_000, 2_500, 10),
                    NOW)
                .map(GateDecision::explanation)
                .orElse(null))
        .isEqualTo(expected);
  }

  @Test
  void withoutSilentVehiclesAWaveStopsLateForWhatStopsItWhileItIsReleased() {
    Random random = new Random(11);
    int stopped = 0;
    for (int run = 0; run < 2_000; run++) {
      GateThresholds thresholds = randomThresholds(random);
      int installed = random.nextInt(60);
      int failed = random.nextInt(60);
      GateNumbers numbers = numbers(120, installed, failed, 0, 0, 120 - installed - failed, 0);
      Verdict now = decide(numbers, thresholds).verdict();

      Optional<GateDecision> late = Gate.decideLate(GateEvidence.of(numbers), thresholds, NOW);

      boolean isStop = now == Verdict.PAUSE || now == Verdict.ABORT;
      assertThat(late.map(GateDecision::verdict))
          .as("run %s", run)
          .isEqualTo(isStop ? Optional.of(now) : Optional.empty());
      stopped += isStop ? 1 : 0;
    }
    assertThat(stopped).isBetween(500, 1_900);
  }

  private static GateDecision decide(GateNumbers numbers, GateThresholds thresholds) {
    return Gate.decide(GateEvidence.of(numbers), thresholds, NOW);
  }

  private static GateDecision decide(
      GateNumbers numbers, GateThresholds thresholds, long accepted) {
    return Gate.decide(
        new GateEvidence(
            numbers,
            List.of(),
            Map.of(),
            accepted == 0 ? Map.of() : Map.of(GateEvidence.WAVE, accepted),
            null),
        thresholds,
        NOW);
  }

  private static GateThresholds randomThresholds(Random random) {
    int pause = 1 + random.nextInt(5_000);
    return thresholds(
        1 + random.nextInt(10_000),
        pause,
        pause + 1 + random.nextInt(10_000 - pause),
        1 + random.nextInt(60));
  }

  /** The numbers of a wave that no vehicle was taken out of. */
  private static GateNumbers numbers(
      long total,
      long installed,
      long failed,
      long silent,
      long declined,
      long inProgress,
      long waiting) {
    return new GateNumbers(total, installed, failed, silent, declined, inProgress, waiting, 0);
  }

  private static GateNumbers numbers(long[] n) {
    return numbers(n[0] + n[1] + n[2] + n[3] + n[4] + n[5], n[0], n[1], n[2], n[3], n[4], n[5]);
  }

  /** A different power of two for each state, so that every sum tells what is in it. */
  private static Map<AssignmentState, Long> oneBitEach() {
    Map<AssignmentState, Long> vehicles = new EnumMap<>(AssignmentState.class);
    long bit = 1;
    for (AssignmentState state : AssignmentState.values()) {
      vehicles.put(state, bit);
      bit *= 2;
    }
    return vehicles;
  }

  private static long bits(String... states) {
    return oneBitEach().entrySet().stream()
        .filter(entry -> List.of(states).contains(entry.getKey().name()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
