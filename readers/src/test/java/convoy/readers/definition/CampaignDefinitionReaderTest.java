package convoy.readers.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.Audience;
import convoy.data.campaign.BuiltDates;
import convoy.data.campaign.CampaignDefinition;
import convoy.data.campaign.CampaignEnd;
import convoy.data.campaign.CampaignWindow;
import convoy.data.campaign.EndAct;
import convoy.data.campaign.GateFact;
import convoy.data.campaign.GateRule;
import convoy.data.campaign.Membership;
import convoy.data.campaign.Notification;
import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.OwnerTerms;
import convoy.data.campaign.Rate;
import convoy.data.campaign.RetryRule;
import convoy.data.campaign.RollbackRule;
import convoy.data.campaign.Share;
import convoy.data.campaign.SilentVehicles;
import convoy.data.campaign.Start;
import convoy.data.campaign.StopOn;
import convoy.data.campaign.Threshold;
import convoy.data.campaign.Urgency;
import convoy.data.campaign.WaveRule;
import convoy.data.campaign.WaveSize;
import convoy.data.campaign.filter.Filter;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.CanonicalJson;
import convoy.data.update.UpdateRef;
import convoy.data.vehicle.Powertrain;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignDefinitionReaderTest {
  private static final String VALID =
      """
      campaign: brake-hold-2026-11
      title: Brake hold, November
      update: abs-brake-hold 2.1.0
      author: alice
      urgency: IMMEDIATE
      priority: 90
      audience: {regions: [DE, NO], models: [ASTER], powertrains: [ELECTRIC], exclude-vins: [1M8GDM9AXKP042788]}
      waves:
        - {name: canary, vehicles: 25}
        - {name: early, share: 12.5%}
        - {name: all, share: rest}
      gate: {success: 80%, pause-on-failure: 15%, abort-on-failure: 40%, minimum-reports: 10, silent-after: P7D}
      retry: {attempts: 3, backoff: PT12H}
      membership: FIXED
      rate: {vehicles-per-day: 500, growing: {factor: 2, every: 1000, max: 20000}}
      start: MANUAL
      window: {begins: 2026-12-01T00:00, ends: 2027-03-01T06:30}
      consent: {mode: FORCED_AFTER, from: 2026-12-24T01:00:00+01:00}
      notification:
        default-language: en
        texts:
          en: {title: Brakes, text: Please park.}
          de:
            title: Bremsen
            text: |
              Bitte parken.
              Dauert 25 Minuten.
      ends: {at: 2027-01-31T00:00, then: WITHDRAW_UNBEGUN}
      rollback: {when: FAILED_FOR_GOOD, except-codes: [POWER_LOSS]}
      """;

  @Test
  void readsTheDocumentedFormat(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("c.yaml");
    Files.writeString(file, VALID);
    assertThat(CampaignDefinitionReader.read(file))
        .isEqualTo(
            new CampaignDefinition(
                "brake-hold-2026-11",
                "Brake hold, November",
                new UpdateRef("abs-brake-hold", "2.1.0"),
                "alice",
                Urgency.IMMEDIATE,
                90,
                new Audience(
                    List.of("DE", "NO"),
                    List.of("ASTER"),
                    List.of(Powertrain.ELECTRIC),
                    List.of("1M8GDM9AXKP042788")),
                List.of(
                    new WaveRule("canary", new WaveSize.Vehicles(25)),
                    new WaveRule("early", new WaveSize.Part(new Share(1250))),
                    new WaveRule("all", new WaveSize.Rest())),
                GateRule.of(
                    Threshold.parse("80%"),
                    Threshold.parse("15%"),
                    Threshold.parse("40%"),
                    10,
                    Duration.ofDays(7)),
                new RetryRule(3, Duration.ofHours(12)),
                Membership.FIXED,
                Rate.daily(500, new Rate.Growth(2, null, 1000, 20_000)),
                Start.MANUAL,
                new CampaignWindow(
                    LocalDateTime.parse("2026-12-01T00:00"),
                    LocalDateTime.parse("2027-03-01T06:30")),
                new OwnerTerms(
                    new OwnerConsent(
                        OwnerConsent.Mode.FORCED_AFTER, Instant.parse("2026-12-24T00:00:00Z")),
                    new Notification(
                        "en",
                        Map.of(
                            "en",
                            new Notification.Text("Brakes", "Please park."),
                            "de",
                            new Notification.Text(
                                "Bremsen", "Bitte parken.\nDauert 25 Minuten.")))),
                new CampaignEnd(LocalDateTime.parse("2027-01-31T00:00"), EndAct.WITHDRAW_UNBEGUN),
                new RollbackRule(
                    RollbackRule.When.FAILED_FOR_GOOD, List.of(), List.of("POWER_LOSS"))));
  }

  @Test
  void withoutAStartTheCampaignBeginsByItself() {
    String text = VALID.replace("start: MANUAL\n", "");
    assertThat(CampaignDefinitionReader.read("c.yaml", text).start()).isEqualTo(Start.AUTOMATIC);
  }

  @Test
  void withoutAWordTheOwnerIsAskedAndToldNothing() {
    String text =
        VALID.lines().takeWhile(l -> !l.startsWith("consent")).collect(Collectors.joining("\n"));
    assertThat(CampaignDefinitionReader.read("c.yaml", text).owner()).isEqualTo(OwnerTerms.DEFAULT);
  }

  @Test
  void readsTheRestOfAnAudience() {
    String audience =
        """
        audience:
          plants: [WOB, Emden 2]
          built: {from: 2025-03-01, to: 2025-03-31}
          vins: recall.csv
          exclude: sold cars.xlsx
          filter: |
            region in (DE, FR)
            and not model = "Alder"
        """;
    assertThat(CampaignDefinitionReader.read("c.yaml", withAudience(audience)).audience())
        .isEqualTo(
            new Audience(
                List.of(),
                List.of(),
                List.of(),
                List.of("WOB", "Emden 2"),
                new BuiltDates(LocalDate.parse("2025-03-01"), LocalDate.parse("2025-03-31")),
                Filter.parse("region in (DE, FR) and not model = Alder"),
                "recall.csv",
                List.of(),
                "sold cars.xlsx"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "plants: [] | 11: plants '[]': expected one or more; leave the key out for all",
        "plants: [WOB, WOB] | 11: plants 'WOB': expected each value once",
        "built: {} | 10: built '{}': expected from, to or both",
        "built: {from: 2025-13-01} | 17: from '2025-13-01': expected a date such as 2025-03-01",
        "built: {from: 2025-03-02, to: 2025-03-01} | 33: to '2025-03-01': expected a date not before from '2025-03-02'",
        "vins: lists/recall.csv | 9: vins 'lists/recall.csv': expected the name of a .csv or .xlsx file beside the definition",
        "vins: ../recall.csv | 9: vins '../recall.csv': expected the name of a .csv or .xlsx file beside the definition",
        "exclude: recall.xls | 12: exclude 'recall.xls': expected the name of a .csv or .xlsx file beside the definition",
        "filters: region = DE | 3: unknown key 'filters', did you mean 'filter'?",
      })
  void whatIsWrongWithAnAudienceIsSaidWithItsPlace(String audience, String message) {
    assertRefused(
        withAudience("audience: \n  " + audience + "\n"), "c.yaml line 8 column " + message);
  }

  @Test
  void aFilterWithATypoIsShownWithItsPlace() {
    assertRefused(
        withAudience("audience:\n  filter: region = DE and bulit > 2025-01-01\n"),
        """
        c.yaml line 8 column 11: filter line 1 column 17: unknown fact 'bulit', did you mean 'built'?
          region = DE and bulit > 2025-01-01
                          ^\
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ends: 2026-12-01T00:00 | 42: ends '2026-12-01T00:00': expected a time after begins '2026-12-01T00:00'",
        "ends: 2025-12-01T00:00 | 42: ends '2025-12-01T00:00': expected a time after begins '2026-12-01T00:00'",
        "ends: 2026-12-01 | 42: ends '2026-12-01': expected a date and time such as 2026-12-01T00:00",
        "end: 2026-12-02T00:00 | 36: unknown key 'end', did you mean 'ends'?",
      })
  void aWindowEndsAfterItBegins(String end, String message) {
    assertRefused(VALID.replace("ends: 2027-03-01T06:30", end), "c.yaml line 17 column " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at: 2026-12-01T00:00 | 12: ends.at '2026-12-01T00:00': expected a time after window.begins '2026-12-01T00:00'",
        "at: soon | 12: at 'soon': expected a date and time such as 2026-12-01T00:00",
        "on: 2027-01-31T00:00 | 8: unknown key 'on': expected one of at, then",
      })
  void anEndIsATimeAfterTheWindowBegins(String at, String message) {
    assertRefused(VALID.replace("at: 2027-01-31T00:00", at), "c.yaml line 28 column " + message);
  }

  @Test
  void whatBecomesOfIssuedManifestsIsOneOfThree() {
    assertRefused(
        VALID.replace("then: WITHDRAW_UNBEGUN", "then: CANCEL"),
        "c.yaml line 28 column 36: then 'CANCEL': expected one of STOP, WITHDRAW_UNBEGUN,"
            + " WITHDRAW_OPEN");
  }

  @Test
  void withoutAWordNothingIsRolledBackByItself() {
    String text =
        VALID.lines().takeWhile(l -> !l.startsWith("rollback")).collect(Collectors.joining("\n"));
    assertThat(CampaignDefinitionReader.read("c.yaml", text).rollback())
        .isEqualTo(RollbackRule.NEVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "when: ALWAYS | 18: when 'ALWAYS': expected one of NEVER, FAILED_FOR_GOOD",
        "when: FAILED_FOR_GOOD, only-codes: [] | 47: only-codes '[]': expected one or more; leave the key out for all",
        "when: FAILED_FOR_GOOD, only-codes: [A], except-codes: [B] | 66: except-codes '[B]': expected either only-codes or except-codes",
        "when: FAILED_FOR_GOOD, only-codes: [A, A] | 47: only-codes '[A, A]': expected each code once",
        "when: FAILED_FOR_GOOD, only-codes: [a b] | 47: only-codes 'a b': expected an error code such as FLASH_WRITE",
        "when: NEVER, only-codes: [A] | 18: when 'NEVER': expected FAILED_FOR_GOOD where error codes are named",
        "on: FAILED_FOR_GOOD | 12: unknown key 'on': expected one of when, only-codes, except-codes",
      })
  void aRollbackRuleThatCouldNotHoldIsRefused(String rule, String message) {
    assertRefused(
        VALID.replace("when: FAILED_FOR_GOOD, except-codes: [POWER_LOSS]", rule),
        "c.yaml line 29 column " + message);
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> CampaignDefinitionReader.read("c.yaml", text))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(message);
  }

  private static String withAudience(String audience) {
    return VALID
        .lines()
        .map(line -> line.startsWith("audience") ? audience.stripTrailing() : line)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void withoutAnAudienceTheCampaignIsForEveryone() {
    String text =
        VALID.lines().filter(l -> !l.startsWith("audience")).reduce("", (a, b) -> a + b + "\n");
    assertThat(CampaignDefinitionReader.read("c.yaml", text).audience())
        .isEqualTo(Audience.EVERYONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "campaign: brake-hold-2026-11 | campaign: Brake Hold | 1 column 11: campaign 'Brake Hold': expected a name of at most 64 lower-case letters, digits and dashes such as abs-brake-hold",
        "update: abs-brake-hold 2.1.0 | update: abs-brake-hold | 3 column 9: update 'abs-brake-hold': expected an update's name and version such as abs-brake-hold 2.1.0",
        "author: alice | author: al ice | 4 column 9: author 'al ice': expected a user name such as alice",
        "IMMEDIATE | URGENT | 5 column 10: urgency 'URGENT': expected one of IMMEDIATE, SCHEDULED",
        "priority: 90 | priority: 101 | 6 column 11: priority '101': expected 1 to 100",
        "priority: 90 | priority: high | 6 column 11: priority 'high': expected a whole number",
        "[DE, NO] | [] | 7 column 21: regions '[]': expected one or more; leave the key out for all",
        "[DE, NO] | [Germany] | 7 column 21: regions 'Germany': expected a two-letter code such as DE",
        "1M8GDM9AXKP042788 | 1M8 | 7 column 87: exclude-vins '1M8': expected 17 digits and capital letters without I, O and Q",
        "exclude-vins | exclude-vin | 7 column 73: unknown key 'exclude-vin', did you mean 'exclude-vins'?",
        "name: canary | name: Canary | 9 column 12: name 'Canary': expected a name of at most 64 lower-case letters, digits and dashes such as abs-brake-hold",
        "vehicles: 25 | vehicles: 0 | 9 column 30: vehicles '0': expected 1 or more",
        "vehicles: 25 | vehicles: 25, share: 1% | 9 column 5: wave 'canary': expected either 'share' or 'vehicles'",
        ", vehicles: 25 | | 9 column 5: wave 'canary': expected either 'share' or 'vehicles'",
        "share: 12.5% | share: 120% | 10 column 26: share '120%': expected a share from 0% to 100% such as 12.5%, or rest",
        "share: 12.5% | share: 0% | 10 column 26: share '0%': expected more than 0%",
        "share: 12.5% | share: rest | 9 column 3: waves 'early': expected 'share: rest' in the last wave only",
        "share: rest | share: 20% | 9 column 3: waves '32.5%': expected a last wave with 'share: rest', or shares alone that add up to 100%",
        "success: 80% | success: most | 12 column 17: success 'most': expected a share from 0% to 100% such as 12.5%, or a number of vehicles such as '20 vehicles'",
        "pause-on-failure: 15% | pause-on-failure: 45% | 12 column 40: pause-on-failure '45%': expected less than abort-on-failure '40%'",
        "success: 80% | success: 0 vehicles | 12 column 17: success '0 vehicles': expected 1 or more",
        "success: 80% | success: 0% | 12 column 17: success '0%': expected more than 0%",
        "success: 80% | success: {share: 80%, confidence: 95%} | 12 column 17: success '{ share: 80%, confidence: 95% }': expected a share or a number of vehicles, as only failures are judged with a confidence",
        "pause-on-failure: 15% | pause-on-failure: {share: 15%, confidence: 100%} | 12 column 65: confidence '100%': expected more than 0% and less than 100%",
        "pause-on-failure: 15% | pause-on-failure: {share: 15%, confidence: 0%} | 12 column 65: confidence '0%': expected more than 0% and less than 100%",
        "pause-on-failure: 15% | pause-on-failure: {share: 115%, confidence: 95%} | 12 column 48: share '115%': expected a share from 0% to 100% such as 12.5%",
        "pause-on-failure: 15% | pause-on-failure: {share: 15%, sure: 95%} | 12 column 53: unknown key 'sure', did you mean 'share'?",
        "pause-on-failure: 15% | pause-on-failure: {share: 15%, confidence: 95%} | 12 column 89: abort-on-failure '40%': expected a confidence no lower than that of pause-on-failure '{ share: 15%, confidence: 95% }', lest few failures abort that do not pause",
        "abort-on-failure: 40% | abort-on-failure: 120% | 12 column 63: abort-on-failure '120%': expected a share from 0% to 100% such as 12.5%, or a number of vehicles such as '20 vehicles'",
        "P7D} | P7D, soak: PT-1H} | 12 column 114: soak 'PT-1H': expected PT1S or more, in whole seconds",
        "P7D} | P7D, silent: LOST} | 12 column 116: silent 'LOST': expected one of FAILED, IGNORED, HELD",
        "P7D} | P7D, by: [modle]} | 12 column 113: by 'modle': expected one of model, region, plant, hardware, did you mean 'model'?",
        "P7D} | P7D, by: [model, model]} | 12 column 112: by 'model': expected each value once",
        "P7D} | P7D, by: []} | 12 column 112: by '[]': expected one or more; leave the key out for none",
        "P7D} | P7D, stop-on: [{code: A, vehicles: 0, then: ABORT}]} | 12 column 138: vehicles '0': expected 1 or more",
        "P7D} | P7D, stop-on: [{code: A, vehicles: 1, then: STOP}]} | 12 column 147: then 'STOP': expected one of PAUSE, ABORT",
        "P7D} | P7D, stop-on: [{code: A, vehicles: 1, then: PAUSE}, {code: A, vehicles: 2, then: ABORT}]} | 12 column 117: stop-on 'A': expected each code once",
        "minimum-reports: 10 | minimum-reports: 0 | 12 column 85: minimum-reports '0': expected 1 or more",
        "silent-after: P7D | silent-after: P1W | 12 column 103: silent-after 'P1W': expected a duration such as PT10M or P7D",
        "silent-after: P7D | silent-after: PT0S | 12 column 103: silent-after 'PT0S': expected more than PT0S",
        "attempts: 3 | attempts: 11 | 13 column 19: attempts '11': expected 1 to 10",
        "backoff: PT12H | backoff: PT-1H | 13 column 31: backoff 'PT-1H': expected PT0S or more",
        "mode: FORCED_AFTER | mode: SOFT | 18 column 17: mode 'SOFT': expected one of BY_OWNER, FORCED, FORCED_AFTER, DOWNLOAD_ONLY",
        "mode: FORCED_AFTER | mode: FORCED | 18 column 31: from '2026-12-24T00:00:00Z': expected it with mode FORCED_AFTER alone",
        ", from: 2026-12-24T01:00:00+01:00 | | 18 column 10: from '': expected a time in whole seconds from which the owner is not asked",
        "from: 2026-12-24T01:00:00+01:00 | from: 2026-12-24T01:00 | 18 column 37: from '2026-12-24T01:00': expected a time with its offset such as 2026-12-01T00:00:00+01:00",
        "default-language: en | default-language: fr | 20 column 21: default-language 'fr': expected one of the languages of texts: de, en",
        "en: {title: Brakes | en_GB: {title: Brakes | 22 column 5: texts.en_GB 'en_GB': expected a language tag of BCP 47 such as de or en-GB",
        "title: Bremsen | title: \"Brem\\tsen\" | 24 column 14: title 'Brem\tsen': expected one line of 1 to 80 characters, without control characters",
        "title: Bremsen | titel: Bremsen | 24 column 7: unknown key 'titel', did you mean 'title'?",
        "retry: | retires: | 13 column 1: unknown key 'retires', did you mean 'retry'?",
      })
  void whatIsWrongIsSaidWithItsPlace(String right, @Nullable String wrong, String message) {
    String old = right.strip();
    assertThat(VALID).contains(old);
    String text = VALID.replace(old, wrong == null ? "" : wrong);
    assertThatThrownBy(() -> CampaignDefinitionReader.read("c.yaml", text))
        .isInstanceOf(ConvoyException.class)
        .hasMessage("c.yaml line " + message)
        .extracting(e -> ((ConvoyException) e).code())
        .isEqualTo(ErrorCode.INPUT_REFUSED);
  }

  @Test
  void aGateSaysAllThatItMaySay() {
    String gate = VALID.lines().filter(line -> line.startsWith("gate: ")).findFirst().orElseThrow();
    String all =
        """
        gate:
          success: 20 vehicles
          pause-on-failure: { share: 10%, confidence: 95% }
          abort-on-failure: { share: 25%, confidence: 99.9% }
          minimum-reports: 10
          silent-after: P7D
          silent: IGNORED
          soak: P2D
          stop-on:
            - { code: AIRBAG_FAULT, vehicles: 1, then: ABORT }
            - { code: E-17, vehicles: 5, then: PAUSE }
          by: [model, hardware]""";

    GateRule rule = CampaignDefinitionReader.read("c.yaml", VALID.replace(gate, all)).gate();

    assertThat(rule)
        .isEqualTo(
            new GateRule(
                new Threshold.Vehicles(20),
                new Threshold.Bound(new Share(1_000), new Share(9_500)),
                new Threshold.Bound(new Share(2_500), new Share(9_990)),
                10,
                Duration.ofDays(7),
                SilentVehicles.IGNORED,
                Duration.ofDays(2),
                List.of(
                    new StopOn("AIRBAG_FAULT", 1, StopOn.Then.ABORT),
                    new StopOn("E-17", 5, StopOn.Then.PAUSE)),
                List.of(GateFact.MODEL, GateFact.HARDWARE)));
    String stored = new String(CanonicalJson.encode(rule.content()), StandardCharsets.UTF_8);
    assertThat(GateRule.of("{\"gate\":%s}".formatted(stored))).isEqualTo(rule);
    for (String broken :
        List.of(
            stored.replace("1000", "0"),
            stored.replace("9500", "10000"),
            stored.replace("IGNORED", "LOST"),
            stored.replace("hardware", "colour"),
            stored.replace("soakSeconds", "soak"),
            stored.replace("\"minimumReports\":10,", ""),
            stored.replace("ABORT", "GO_ON"))) {
      assertThat(broken).isNotEqualTo(stored);
      assertThatThrownBy(() -> GateRule.of("{\"gate\":%s}".formatted(broken)))
          .isInstanceOf(ConvoyException.class)
          .extracting(e -> ((ConvoyException) e).code())
          .isEqualTo(ErrorCode.NOT_TRUSTED);
    }
  }

  @Test
  void aGateThatSaysNothingNewIsKeptAsItAlwaysWas() {
    assertThat(
            CanonicalJson.encode(CampaignDefinitionReader.read("c.yaml", VALID).gate().content()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            """
            {"abortOnFailure":4000,"minimumReports":10,"pauseOnFailure":1500,\
            "silentAfterSeconds":604800,"success":8000}""");
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> CampaignDefinitionReader.read(folder.resolve("none.yaml")))
        .isInstanceOf(ConvoyException.class)
        .hasMessage("none.yaml: no such file");
  }
}
