package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.update.UpdateRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignDefinitionTest {
  private static CampaignDefinition campaign(String id, String title, String author, int priority) {
    return new CampaignDefinition(
        id,
        title,
        new UpdateRef("abs", "2.1.0"),
        author,
        Urgency.SCHEDULED,
        priority,
        Audience.EVERYONE,
        List.of(new WaveRule("all", new WaveSize.Rest())),
        GateRule.of(
            Threshold.parse("80%"),
            Threshold.parse("15%"),
            Threshold.parse("40%"),
            10,
            Duration.ofDays(7)),
        new RetryRule(3, Duration.ofHours(12)),
        Membership.OPEN,
        null,
        Start.AUTOMATIC,
        null,
        OwnerTerms.DEFAULT,
        null,
        RollbackRule.NEVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "A | t | alice | 1 | campaign 'A': expected a name of at most 64 lower-case letters, digits and dashes such as abs-brake-hold",
        "a | t | al ice | 1 | author 'al ice': expected a user name such as alice",
        "a | t | alice | 0 | priority '0': expected 1 to 100",
        "a | t | alice | 101 | priority '101': expected 1 to 100",
      })
  void aWrongValueIsRefused(String id, String title, String author, int priority, String message) {
    assertThatThrownBy(() -> campaign(id, title, author, priority))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two\nlines"})
  void aTitleIsOneLineThatSaysSomething(String title) {
    assertThatThrownBy(() -> campaign("a", title, "alice", 1))
        .hasMessage("title '" + title + "': expected one line of 1 to 200 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "0% | 15% | 40% | 10 | PT1S | '0%': expected more than 0%",
        "80% | 0% | 40% | 10 | PT1S | '0%': expected more than 0%",
        "80% | 40% | 40% | 10 | PT1S | pause-on-failure '40%': expected less than abort-on-failure '40%'",
        "80% | 15% | 40% | 0 | PT1S | minimum-reports '0': expected 1 or more",
        "80% | 15% | 40% | 1 | PT0S | silent-after 'PT0S': expected more than PT0S",
        "80% | 0 vehicles | 40% | 10 | PT1S | '0 vehicles': expected 1 or more",
        "80% | 20 vehicles | 20 vehicles | 10 | PT1S | pause-on-failure '20 vehicles': expected less than abort-on-failure '20 vehicles'",
        "80% | 15% | 40% | 1 | PT-1S | silent-after 'PT-1S': expected more than PT0S",
      })
  void aGateThatCouldNotDecideIsRefused(
      String success, String pause, String abort, int reports, Duration silent, String message) {
    assertThatThrownBy(
            () ->
                GateRule.of(
                    Threshold.parse(success),
                    Threshold.parse(pause),
                    Threshold.parse(abort),
                    reports,
                    silent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "0 | PT0S | attempts '0': expected 1 to 10",
        "11 | PT0S | attempts '11': expected 1 to 10",
        "1 | PT-1S | backoff 'PT-1S': expected PT0S or more",
      })
  void aRetryRuleOutsideItsBoundsIsRefused(int attempts, Duration backoff, String message) {
    assertThatThrownBy(() -> new RetryRule(attempts, backoff))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void anAudienceNamesRegionsAndVinsInShape() {
    assertThatThrownBy(() -> new Audience(List.of("de"), List.of(), List.of(), List.of()))
        .hasMessage("regions 'de': expected a two-letter code such as DE");
    assertThatThrownBy(() -> new Audience(List.of(), List.of(), List.of(), List.of("WVW")))
        .hasMessage(
            "exclude-vins 'WVW': expected 17 digits and capital letters without I, O and Q");
    assertThat(new Audience(List.of("DE"), List.of(), List.of(), List.of("1M8GDM9AXKP042788")))
        .extracting(Audience::excludeVins)
        .isEqualTo(List.of("1M8GDM9AXKP042788"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12.5%", "25", "rest"})
  void waveSizesAreReadBackAsTheyAreWritten(String text) {
    assertThat(WaveSize.parse(text)).hasToString(text);
  }

  @Test
  void aWaveIsNeverMeantToBeEmpty() {
    assertThatThrownBy(() -> WaveSize.parse("0%")).hasMessage("share '0%': expected more than 0%");
    assertThatThrownBy(() -> WaveSize.parse("0")).hasMessage("vehicles '0': expected 1 or more");
  }
}
