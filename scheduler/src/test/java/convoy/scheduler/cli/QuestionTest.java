package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.registerdefinitions.AudienceCheck.Confirmation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {
  /** Without an answer: the input has ended. */
  @ParameterizedTest
  @CsvSource({
    "y, GIVEN",
    "Y, GIVEN",
    "yes, GIVEN",
    "' Yes ', GIVEN",
    "'', MISSING",
    "n, MISSING",
    "yy, MISSING",
    "ja, MISSING",
    ", MISSING"
  })
  void onlyAYesGoesOn(@Nullable String answer, Confirmation meaning) {
    assertThat(Question.answered(answer)).isEqualTo(meaning);
  }
}
