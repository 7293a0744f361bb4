package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
  private static final Threshold PAUSE = Threshold.parse("15%");
  private static final Rate DOUBLING = Rate.daily(100, new Rate.Growth(2, null, 50, 1_000));
  private static final Rate.Issued NONE = new Rate.Issued(0, 0, 0);
  private static final Rate ADDING = Rate.daily(100, new Rate.Growth(null, 30L, 50, 1_000));

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
    assertThat(DOUBLING.allowance(installed, bad, PAUSE, NONE)).isEqualTo(doubling);
    assertThat(ADDING.allowance(installed, bad, PAUSE, NONE)).isEqualTo(adding);
    assertThat(Rate.daily(100, null).allowance(installed, bad, PAUSE, NONE)).isEqualTo(100);
  }

  /** In an hour, a night and a day; with what was issued in the last of each. */
  @ParameterizedTest
  @CsvSource({
    "10, , , 0, 500, 900, 10",
    "10, , , 4, 500, 900, 6",
    "10, , , 12, 500, 900, -2",
    ", 300, , 0, 120, 900, 180",
    ", , 500, 0, 120, 499, 1",
    "10, 300, 500, 0, 295, 100, 5",
    "10, 300, 500, 0, 100, 500, 0",
    "10, 300, 500, 3, 100, 100, 7",
  })
  void theNarrowestLimitDecides(
      Long perHour, Long perNight, Long perDay, long hour, long night, long day, long left) {
    assertThat(
            new Rate(perHour, perNight, perDay, null)
                .allowance(0, 0, PAUSE, new Rate.Issued(hour, night, day)))
        .isEqualTo(left);
  }

  @Test
  void theDaysAreThoseOfEachWave() {
    assertThat(Rate.days(null, List.of(10L, 500L, 0L))).isEqualTo(2);
    assertThat(Rate.days(Rate.daily(100, null), List.of(10L, 500L))).isEqualTo(6);
    // 100; then 400 a day, and 1,000 a day.
    assertThat(Rate.days(DOUBLING, List.of(100L, 2_400L))).isEqualTo(4);
    assertThat(Rate.days(DOUBLING, List.of())).isZero();
    // 240 a day, of which a night takes 100.
    assertThat(Rate.days(new Rate(10L, null, null, null), List.of(480L))).isEqualTo(2);
    assertThat(Rate.days(new Rate(10L, 100L, 1_000L, null), List.of(480L))).isEqualTo(5);
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
    assertThatThrownBy(() -> Rate.daily(perDay, new Rate.Growth(factor, add, every, max)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " | | | rate '{}': expected vehicles-per-hour, vehicles-per-night or vehicles-per-day",
        "0 | | | vehicles-per-hour '0': expected 1 to 1000000000",
        " | 0 | | vehicles-per-night '0': expected 1 to 1000000000",
        " | 5 | 2000000000 | vehicles-per-day '2000000000': expected 1 to 1000000000",
      })
  void limitsThatAreNoneAreRefused(Long perHour, Long perNight, Long perDay, String message) {
    assertThatThrownBy(() -> new Rate(perHour, perNight, perDay, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void onlyTheRateOfADayGrows() {
    assertThatThrownBy(() -> new Rate(10L, null, null, new Rate.Growth(2, null, 1, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("growing 'without a limit a day': expected vehicles-per-day beside it");
  }

  @Test
  void theDefinitionSaysItAgain() {
    for (Rate rate : List.of(DOUBLING, ADDING, Rate.daily(7, null), new Rate(1L, 2L, 3L, null))) {
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
