package convoy.data.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.data.status.GateDecision.Verdict;
import convoy.data.status.GateThresholds.Goal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

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

    GateDecision decision = Gate.decide(numbers, thresholds(8_000, 1_000, 2_500, 10));

    assertThat(decision.explanation()).isEqualTo(explanation);
    assertThat(explanation).startsWith(decision.verdict() + ": ");
    assertThat(decision.numbers()).isEqualTo(numbers);
  }

  @Test
  void aWaveOfWhichNothingIsLeftButWhatWasWithdrawnDoesNotAdvance() {
    GateThresholds thresholds = new GateThresholds(8_000, 1_000, 2_500, 10, Goal.INSTALLED);
    for (int declined : new int[] {0, 3}) {
      assertThat(
              Gate.decide(new GateNumbers(declined, 0, 0, 0, declined, 0, 0, 7), thresholds)
                  .explanation())
          .isEqualTo(
              "HOLD: 7 vehicles of the wave were withdrawn, and none is left to judge it by");
    }
    assertThat(Gate.decide(new GateNumbers(4, 4, 0, 0, 0, 0, 0, 7), thresholds).verdict())
        .isEqualTo(Verdict.ADVANCE);
  }

  @Test
  void earlyFailuresHoldAWaveThatWouldElseAdvance() {
    GateDecision decision =
        Gate.decide(numbers(10, 6, 2, 0, 0, 2, 0), thresholds(5_000, 2_025, 5_000, 50));

    assertThat(decision.verdict()).isEqualTo(Verdict.HOLD);
    assertThat(decision.explanation())
        .isEqualTo(
            "HOLD: 2 of 8 vehicles with an outcome failed or went silent (25.0 %), the limit of 20.25 % is judged from 10 outcomes");
  }

  @Test
  void aLimitOfZeroStopsAtTheFirstFailureAndNotBefore() {
    GateThresholds strict = thresholds(10_000, 0, 10_000, 1);

    assertThat(Gate.decide(numbers(2, 1, 0, 0, 0, 1, 0), strict).verdict()).isEqualTo(Verdict.HOLD);
    assertThat(Gate.decide(numbers(2, 1, 1, 0, 0, 0, 0), strict).verdict())
        .isEqualTo(Verdict.PAUSE);
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
      Verdict before = Gate.decide(numbers(n), thresholds).verdict();
      seen.add(before);
      int from = new int[] {0, 3, 4, 5}[random.nextInt(4)];
      if (n[from] == 0) {
        continue;
      }
      n[from]--;
      n[1 + random.nextInt(2)]++;

      Verdict after = Gate.decide(numbers(n), thresholds).verdict();

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

    GateDecision decision = Gate.decide(numbers, thresholds(8_000, 1_000, 2_500, 10), accepted);

    assertThat(decision.verdict()).isEqualTo(verdict);
    assertThat(decision.explanation().endsWith(" were accepted when it was resumed"))
        .isEqualTo(accepted > 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0     | 1000  | 2000  | 1 | success 0: expected 1 to 10000
          10001 | 1000  | 2000  | 1 | success 10001: expected 1 to 10000
          8000  | -1    | 2000  | 1 | pause on failure -1: expected 0 to 10000
          8000  | 2000  | 1999  | 1 | abort on failure 1999: expected 2000 to 10000
          8000  | 2000  | 10001 | 1 | abort on failure 10001: expected 2000 to 10000
          8000  | 1000  | 2000  | 0 | minimum reports 0: expected 1 to 2147483647
          """)
  void thresholdsOutOfRangeAreRefused(
      int success, int pause, int abort, int reports, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> thresholds(success, pause, abort, reports))
        .withMessage(message);
  }

  @Test
  void aCampaignThatInstallsNothingSaysSo() {
    GateThresholds downloads = new GateThresholds(8_000, 1_000, 2_500, 10, Goal.DOWNLOADED);

    assertThat(Gate.decide(numbers(10, 8, 0, 0, 0, 2, 0), downloads).explanation())
        .isEqualTo(
            "ADVANCE: 8 of 10 vehicles downloaded (80.0 %), needed 80.0 %; 0 failed, 0 silent");
    assertThat(Gate.decide(numbers(10, 7, 3, 0, 0, 0, 0), downloads).explanation())
        .isEqualTo(
            "ABORT: 3 of 10 vehicles with an outcome failed or went silent (30.0 %), the limit is 25.0 %; 3 failed, 0 silent, 7 downloaded");
  }

  private static GateThresholds thresholds(int success, int pause, int abort, int reports) {
    return new GateThresholds(success, pause, abort, reports, Goal.INSTALLED);
  }

  private static GateThresholds randomThresholds(Random random) {
    int pause = random.nextInt(5_000);
    return thresholds(
        1 + random.nextInt(10_000),
        pause,
        pause + random.nextInt(10_001 - pause),
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
