package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
  private static final Share PAUSE = Share.parse("15%");
  private static final Rate DOUBLING = new Rate(100, new Rate.Growth(2, null, 50, 1_000));
  private static final Rate ADDING = new Rate(100, new Rate.Growth(null, 30L, 50, 1_000));

  @ParameterizedTest
  @CsvSource({
    "0, 0, 100, 100",
    "49, 0, 100, 100",
    "50, 0, 200, 130",
    "149, 0, 400, 160",
    "200, 0, 1000, 220",
    "1000000000, 0, 1000, 1000",
    // 15 % of 100 vehicles failed, or just below.
    "85, 15, 100, 100",
    "86, 14, 200, 130",
    "0, 1, 100, 100",
  })
  void itGrowsWithSuccessAndFallsBackWithFailures(
      long installed, long bad, long doubling, long adding) {
    assertThat(DOUBLING.perDay(installed, bad, PAUSE)).isEqualTo(doubling);
    assertThat(ADDING.perDay(installed, bad, PAUSE)).isEqualTo(adding);
    assertThat(new Rate(100, null).perDay(installed, bad, PAUSE)).isEqualTo(100);
  }

  @Test
  void theDaysAreThoseOfEachWave() {
    assertThat(Rate.days(null, List.of(10L, 500L, 0L))).isEqualTo(2);
    assertThat(Rate.days(new Rate(100, null), List.of(10L, 500L))).isEqualTo(6);
    // 100; then 400 a day, and 1,000 a day.
    assertThat(Rate.days(DOUBLING, List.of(100L, 2_400L))).isEqualTo(4);
    assertThat(Rate.days(DOUBLING, List.of())).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 2 | | 1 | 10 | vehicles-per-day '0': expected 1 to 1000000000",
        "10 | 2 | | 1 | 10 | max '10': expected more than vehicles-per-day '10', at most 1000000000",
        "10 | 1 | | 1 | 20 | factor '1': expected 2 to 10",
        "10 | 2 | 5 | 1 | 20 | growing: expected either 'factor' or 'add'",
        "10 | | | 1 | 20 | growing: expected either 'factor' or 'add'",
        "10 | | 0 | 1 | 20 | add '0': expected 1 or more",
        "10 | 2 | | 0 | 20 | every '0': expected 1 or more",
      })
  void aRateThatIsNoneIsRefused(
      long perDay, Integer factor, Long add, long every, long max, String message) {
    assertThatThrownBy(() -> new Rate(perDay, new Rate.Growth(factor, add, every, max)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void theDefinitionSaysItAgain() {
    for (Rate rate : List.of(DOUBLING, ADDING, new Rate(7, null))) {
      String json =
          """
          {"waves":[{"name":"all","size":"rest"}],"membership":"FIXED","rate":%s}"""
              .formatted(
                  new tools.jackson.databind.json.JsonMapper()
                      .writeValueAsString(PlanRules.content(rate)));
      assertThat(PlanRules.of(json))
          .isEqualTo(
              new PlanRules(
                  List.of(new WaveRule("all", new WaveSize.Rest())), Membership.FIXED, rate));
    }
  }
}
