package convoy.data.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final Instant FAILED_AT = Instant.parse("2026-03-01T02:00:00Z");
  private static final String VIN = "WVWZZZ1JZXW000001";
  private static final RetryPolicy POLICY =
      new RetryPolicy(
          3,
          Duration.ofHours(6),
          code ->
              switch (code) {
                case "WRONG_HARDWARE" -> Disposition.PERMANENT;
                case "ECU_UNRESPONSIVE" -> Disposition.WORKSHOP;
                default -> Disposition.RETRY;
              });

  @ParameterizedTest
  @CsvSource({
    "POWER_LOSS, 1, RETRY_DUE, retry after attempt 1 of 3",
    "POWER_LOSS, 2, RETRY_DUE, retry after attempt 2 of 3",
    "POWER_LOSS, 3, FAILED, attempts exhausted: 3 of 3",
    "POWER_LOSS, 4, FAILED, attempts exhausted: 4 of 3",
    "WRONG_HARDWARE, 1, FAILED, permanent",
    "ECU_UNRESPONSIVE, 1, FAILED, workshop",
    "ECU_UNRESPONSIVE, 3, FAILED, workshop",
  })
  void theCodeAndTheAttemptsDecide(
      String code, int attempts, AssignmentState state, String reason) {
    RetryDecision decision = POLICY.decide(code, attempts, FAILED_AT, VIN);

    assertThat(decision.state()).isEqualTo(state);
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.dueAt() != null).isEqualTo(state == AssignmentState.RETRY_DUE);
  }

  @Test
  void theWaitDoublesAndIsUpToATenthLonger() {
    RetryPolicy patient = new RetryPolicy(20, Duration.ofMinutes(10), code -> Disposition.RETRY);
    Random random = new Random(5);
    for (int run = 0; run < 2_000; run++) {
      int attempt = 1 + random.nextInt(19);
      String vin = "WVWZZZ1JZXW" + (100_000 + random.nextInt(900_000));
      Duration plain = Duration.ofMinutes(10L << (attempt - 1));

      RetryDecision decision = patient.decide("POWER_LOSS", attempt, FAILED_AT, vin);

      assertThat(decision).isEqualTo(patient.decide("POWER_LOSS", attempt, FAILED_AT, vin));
      assertThat(decision.dueAt())
          .isBetween(FAILED_AT.plus(plain), FAILED_AT.plus(plain).plus(plain.dividedBy(10)));
    }
  }

  @Test
  void vehiclesThatFailedTogetherComeBackSpreadOut() {
    Set<Instant> due = new HashSet<>();
    for (int n = 0; n < 1_000; n++) {
      String vin = "WVWZZZ1JZXW" + (100_000 + n);
      due.add(Objects.requireNonNull(POLICY.decide("X", 1, FAILED_AT, vin).dueAt()));
    }
    assertThat(due).hasSizeGreaterThan(300);
    assertThat(due).anyMatch(at -> at.isBefore(FAILED_AT.plus(Duration.ofMinutes(365))));
    assertThat(due).anyMatch(at -> at.isAfter(FAILED_AT.plus(Duration.ofMinutes(391))));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(0, Duration.ofHours(1), code -> Disposition.RETRY))
        .withMessage("max attempts 0: expected 1 to 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(21, Duration.ofHours(1), code -> Disposition.RETRY))
        .withMessage("max attempts 21: expected 1 to 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(3, Duration.ofSeconds(-1), code -> Disposition.RETRY))
        .withMessage("backoff PT-1S: expected nothing or more, at most PT720H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(3, Duration.ofDays(31), code -> Disposition.RETRY))
        .withMessage("backoff PT744H: expected nothing or more, at most PT720H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> POLICY.decide("POWER_LOSS", 0, FAILED_AT, VIN))
        .withMessage("WVWZZZ1JZXW000001: 0 attempts done, expected at least 1");
  }
}
