package convoy.data.status;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.RollbackRule;
import convoy.data.campaign.RollbackRule.When;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollbackPolicyTest {
  private static final Map<String, String> BEFORE = Map.of("GW", "1.0.0", "TCU", "1.0.0");

  /** events: of the gateway and of the second unit, in the order of their time. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // rule             | attempts | gateway           | second unit              | what follows
        "FAILED_FOR_GOOD    | 1 | INSTALLED 2.0.0         | FAILED 1.0.0 FLASH       | ROLLBACK_DUE: attempts exhausted: 1 of 1, so what is installed of it is rolled back",
        "FAILED_FOR_GOOD    | 2 | INSTALLED 2.0.0         | FAILED 1.0.0 FLASH       | RETRY_DUE: retry after attempt 1 of 2",
        "FAILED_FOR_GOOD    | 2 | INSTALLED 2.0.0         | FAILED 1.0.0 NEVER       | ROLLBACK_DUE: permanent, so what is installed of it is rolled back",
        "FAILED_FOR_GOOD    | 2 | INSTALLED 2.0.0         | FAILED 1.0.0 GARAGE      | SERVICE_REQUIRED: workshop",
        "FAILED_FOR_GOOD    | 1 | INSTALLING 1.0.0        | FAILED 1.0.0 FLASH       | FAILED: attempts exhausted: 1 of 1; nothing of it is installed",
        "FAILED_FOR_GOOD    | 1 | INSTALLING 1.0.0        | FAILED 1.5.0 FLASH       | ROLLBACK_DUE: attempts exhausted: 1 of 1, so what is installed of it is rolled back",
        "FAILED_FOR_GOOD    | 1 | INSTALLING 1.0.0        | FAILED - FLASH           | ROLLBACK_DUE: attempts exhausted: 1 of 1, so what is installed of it is rolled back",
        "FAILED_FOR_GOOD    | 1 | INSTALLED 2.0.0         | INSTALLED 1.0.0          | ROLLBACK_DUE: attempts exhausted: 1 of 1, so what is installed of it is rolled back",
        "only FLASH         | 1 | INSTALLED 2.0.0         | FAILED 1.0.0 FLASH       | ROLLBACK_DUE: attempts exhausted: 1 of 1, so what is installed of it is rolled back",
        "only FLASH         | 1 | INSTALLED 2.0.0         | FAILED 1.0.0 NEVER       | FAILED: permanent",
        "except FLASH       | 1 | INSTALLED 2.0.0         | FAILED 1.0.0 FLASH       | FAILED: attempts exhausted: 1 of 1",
        "except FLASH       | 1 | INSTALLED 2.0.0         | FAILED 1.0.0 NEVER       | ROLLBACK_DUE: permanent, so what is installed of it is rolled back",
        "only FLASH         | 1 | INSTALLED 2.0.0         | FAILED 1.0.0 GARAGE      | FAILED: workshop",
        "NEVER              | 1 | INSTALLED 2.0.0         | FAILED 1.0.0 FLASH       | FAILED: attempts exhausted: 1 of 1",
        "NEVER              | 1 | INSTALLED 2.0.0         | FAILED 1.0.0 GARAGE      | FAILED: workshop",
      })
  void whatFollowsOnAFailure(
      String rule, int attempts, String gateway, String second, String expected) {
    FoldResult result =
        AssignmentFold.fold(
            Events.facts(1, "GW", "TCU"),
            Stream.of("e1 1 GW 1 " + gateway, "e2 2 TCU 1 " + second).map(Events::event).toList());
    String code = Objects.requireNonNull(result.errorCode());
    RetryPolicy retries = new RetryPolicy(attempts, Duration.ZERO, RollbackPolicyTest::disposition);
    RetryDecision decided =
        new RollbackPolicy(rule(rule), RollbackPolicyTest::disposition)
            .decide(
                retries.decide(code, 1, Objects.requireNonNull(result.failedAt()), Events.VIN),
                code,
                result,
                BEFORE);
    assertThat(decided.state() + ": " + decided.reason()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FLASH  | 1 | ROLLBACK_DUE: retry after attempt 1 of 2",
        "FLASH  | 2 | SERVICE_REQUIRED: its rollback failed: attempts exhausted: 2 of 2",
        "NEVER  | 1 | SERVICE_REQUIRED: its rollback failed: permanent",
        "GARAGE | 1 | SERVICE_REQUIRED: its rollback failed: workshop",
      })
  void whatFollowsOnARollbackThatFailed(String code, int attempts, String expected) {
    RetryDecision retry =
        new RetryPolicy(2, Duration.ofHours(6), RollbackPolicyTest::disposition)
            .decide(code, attempts, Events.minute(1), Events.VIN);
    RetryDecision decided = RollbackPolicy.again(retry);
    assertThat(decided.state() + ": " + decided.reason()).isEqualTo(expected);
    assertThat(decided.dueAt()).isEqualTo(retry.dueAt());
  }

  private static RollbackRule rule(String text) {
    return switch (text) {
      case "only FLASH" -> new RollbackRule(When.FAILED_FOR_GOOD, List.of("FLASH"), List.of());
      case "except FLASH" -> new RollbackRule(When.FAILED_FOR_GOOD, List.of(), List.of("FLASH"));
      default -> new RollbackRule(When.valueOf(text), List.of(), List.of());
    };
  }

  private static Disposition disposition(String code) {
    return switch (code) {
      case "NEVER" -> Disposition.PERMANENT;
      case "GARAGE" -> Disposition.WORKSHOP;
      default -> Disposition.RETRY;
    };
  }
}
