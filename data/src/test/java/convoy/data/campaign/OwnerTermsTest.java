package convoy.data.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.Notification.Text;
import convoy.data.campaign.OwnerConsent.Decline;
import convoy.data.campaign.OwnerConsent.Mode;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.CanonicalJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTermsTest {
  private static final Text ENGLISH = new Text("Brakes", "Park the car.\nIt takes an hour.\n");

  @ParameterizedTest
  @CsvSource({
    "BY_OWNER,, 2026-12-24T00:00:00Z, ENDS",
    "FORCED,, 2026-12-24T00:00:00Z, CONTRADICTS",
    "DOWNLOAD_ONLY,, 2026-12-24T00:00:00Z, CONTRADICTS",
    "FORCED_AFTER, 2026-12-24T00:00:00Z, 2026-12-23T23:59:59.999999Z, POSTPONES",
    "FORCED_AFTER, 2026-12-24T00:00:00Z, 2026-12-24T00:00:00Z, CONTRADICTS",
  })
  void whatItMeansThatAnOwnerDeclines(
      Mode mode, @Nullable Instant from, Instant at, Decline meaning) {
    assertThat(new OwnerConsent(mode, from).declinedAt(at)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FORCED_AFTER |  | from '': expected a time in whole seconds from which the owner is not asked",
        "FORCED_AFTER | 2026-12-24T00:00:00.5Z | from '2026-12-24T00:00:00.500Z': expected a time in whole seconds from which the owner is not asked",
        "BY_OWNER | 2026-12-24T00:00:00Z | from '2026-12-24T00:00:00Z': expected it with mode FORCED_AFTER alone",
      })
  void aTimeBelongsToOneModeAlone(Mode mode, @Nullable Instant from, String message) {
    assertThatThrownBy(() -> new OwnerConsent(mode, from))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void whatIsSignedIsReadBack() {
    OwnerTerms terms =
        new OwnerTerms(
            new OwnerConsent(Mode.FORCED_AFTER, Instant.parse("2026-12-24T00:00:00Z")),
            new Notification("en", Map.of("en", ENGLISH, "zh-Hant-TW", new Text("煞車", "請停車。"))));
    String signed = new String(CanonicalJson.encode(terms.content()), UTF_8);
    assertThat(signed)
        .isEqualTo(
            "{\"consent\":{\"from\":\"2026-12-24T00:00:00Z\",\"mode\":\"FORCED_AFTER\"},"
                + "\"notification\":{\"defaultLanguage\":\"en\",\"texts\":{"
                + "\"en\":{\"text\":[\"Park the car.\",\"It takes an hour.\"],\"title\":\"Brakes\"},"
                + "\"zh-Hant-TW\":{\"text\":[\"請停車。\"],\"title\":\"煞車\"}}}}");
    assertThat(OwnerTerms.of(signed)).isEqualTo(terms);
    assertThat(OwnerTerms.of("{}")).isEqualTo(OwnerTerms.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"consent\":{\"mode\":\"SOFT\"}} | definition: consent.mode: found 'SOFT', expected one of [BY_OWNER, FORCED, FORCED_AFTER, DOWNLOAD_ONLY]",
        "{\"consent\":\"FORCED\"} | definition: consent: found 'FORCED', expected an object",
        "{\"consent\":{\"mode\":\"FORCED_AFTER\"}} | definition:: from '': expected a time in whole seconds from which the owner is not asked",
        "{\"notification\":{\"defaultLanguage\":\"en\",\"texts\":{\"en\":{\"title\":\"A\",\"text\":[1]}}}} | definition: notification.texts.en.text: found a list, expected lines of text",
      })
  void whatIsNotAsItMustBeIsNotBelieved(String definition, String message) {
    assertThatThrownBy(() -> OwnerTerms.of(definition))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(message)
        .extracting(e -> ((ConvoyException) e).code())
        .isEqualTo(ErrorCode.NOT_TRUSTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "en-GB", "zh-Hant-TW", "sr-Latn", "es-419", "fil", "nb"})
  void languagesAreThoseOfBcp47(String tag) {
    assertThat(new Notification(tag, Map.of(tag, ENGLISH)).texts()).containsOnlyKeys(tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "de_DE", "DE", "en-gb", "xx", "german", "und", "eng", "en-XX", "x-a"})
  void otherLanguagesAreRefused(String tag) {
    assertThatThrownBy(() -> new Notification(tag, Map.of(tag, ENGLISH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "texts.%s '%s': expected a language tag of BCP 47 such as de or en-GB"
                .formatted(tag, tag));
  }

  @Test
  void theDefaultIsOneOfTheLanguages() {
    assertThatThrownBy(() -> new Notification("fr", Map.of("en", ENGLISH, "de", ENGLISH)))
        .hasMessage("default-language 'fr': expected one of the languages of texts: de, en");
    assertThatThrownBy(() -> new Notification("fr", Map.of()))
        .hasMessage("texts '{}': expected one language or more");
  }

  /** A tab, the end of a line, text that turns the reading order round, and half a character. */
  @ParameterizedTest
  @ValueSource(strings = {"a\tb", "a\u0000", "a\u2028b", "a\u202eb", "a\u2066b", "a\ud83d", " "})
  void whatADisplayCannotShowIsRefused(String words) {
    assertThatThrownBy(() -> new Text(words, "text"))
        .hasMessage(
            "title '"
                + words
                + "': expected one line of 1 to 80 characters, without control characters");
    assertThatThrownBy(() -> new Text("title", words))
        .hasMessageEndingWith(
            "': expected 1 to 1,000 characters in 20 lines at the most, without control characters");
  }

  @Test
  void lengthsAreLimited() {
    assertThat(new Text("🚗".repeat(80), "🚗".repeat(1_000))).isNotNull();
    assertThat(new Text("t", "a\n".repeat(20)).text().lines()).hasSize(20);
    assertThatThrownBy(() -> new Text("t".repeat(81), "text")).hasMessageStartingWith("title 'ttt");
    assertThatThrownBy(() -> new Text("two\nlines", "text")).hasMessageStartingWith("title 'two");
    assertThatThrownBy(() -> new Text("t", "a".repeat(1_001))).hasMessageStartingWith("text 'aaa");
    assertThatThrownBy(() -> new Text("t", "a\n".repeat(21))).hasMessageStartingWith("text 'a");
    Map<String, Text> all = new HashMap<>();
    for (String language : new String[] {"de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv"}) {
      all.put(language, new Text("t", "a".repeat(900)));
    }
    assertThatThrownBy(() -> new Notification("de", all))
        .hasMessage("texts '8,413 bytes': expected 8,192 at the most, which each manifest has");
  }
}
