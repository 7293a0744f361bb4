package convoy.data.status;

import static convoy.data.status.Events.event;
import static convoy.data.status.Events.facts;
import static convoy.data.status.Events.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.OwnerConsent.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentFoldTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          nothing heard                        | 1 | ''                                                              | ISSUED      | none
          progress                             | 1 | a 1 GW 1 RECEIVED; b 2 GW 1 DOWNLOADING                         | IN_PROGRESS | none
          success with the named version       | 1 | a 1 GW 1 INSTALLED 2.0.0                                        | INSTALLED   | none
          success with the old version         | 1 | a 1 GW 1 INSTALLED 1.0.0                                        | FAILED      | VERSION_MISMATCH
          success without a version            | 1 | a 1 GW 1 INSTALLED -                                            | IN_PROGRESS | none
          failure with the vehicle's code      | 1 | a 1 GW 1 FAILED - POWER_LOSS                                    | FAILED      | POWER_LOSS
          failure without a code               | 1 | a 1 GW 1 FAILED                                                 | FAILED      | UNSPECIFIED
          first failure is the cause           | 1 | a 1 GW 1 FAILED - POWER_LOSS; b 2 GW 1 FAILED - VERIFY_FAILED   | FAILED      | POWER_LOSS
          success after a failure              | 1 | a 1 GW 1 FAILED 1.0.0 POWER_LOSS; b 2 GW 1 INSTALLED 2.0.0      | INSTALLED   | none
          success after a mismatch             | 1 | a 1 GW 1 INSTALLED 1.0.0; b 2 GW 1 INSTALLED 2.0.0              | INSTALLED   | none
          late progress after a success        | 1 | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 1 INSTALLING                   | INSTALLED   | none
          late refusal after a success         | 1 | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 1 DECLINED                     | INSTALLED   | none
          progress after a failure             | 1 | a 1 GW 1 FAILED - POWER_LOSS; b 2 GW 1 DOWNLOADING              | FAILED      | POWER_LOSS
          declined                             | 1 | a 1 GW 1 RECEIVED; b 2 GW 1 DECLINED                            | DECLINED    | none
          progress after declined              | 1 | a 1 GW 1 DECLINED; b 2 GW 1 DOWNLOADING                         | DECLINED    | none
          failure outranks declined            | 1 | a 1 GW 1 FAILED - POWER_LOSS; b 2 GW 1 DECLINED                 | FAILED      | POWER_LOSS
          old version installed after success  | 1 | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 1 INSTALLED 1.0.0              | FAILED      | FELL_BACK
          failed with old version after success| 1 | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 1 FAILED 1.0.0 POWER_LOSS      | FAILED      | FELL_BACK
          failed without version after success | 1 | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 1 FAILED - POWER_LOSS          | INSTALLED   | none
          same minute: the id decides          | 1 | b 1 GW 1 INSTALLED 2.0.0; a 1 GW 1 INSTALLED 1.0.0              | INSTALLED   | none
          same minute: the id decides, turned  | 1 | a 1 GW 1 INSTALLED 2.0.0; b 1 GW 1 INSTALLED 1.0.0              | FAILED      | FELL_BACK
          recovered after falling back         | 1 | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 1 INSTALLED 1.0.0; c 3 GW 1 INSTALLED 2.0.0 | INSTALLED | none
          earlier attempt failed               | 2 | a 1 GW 1 FAILED - POWER_LOSS                                    | ISSUED      | none
          earlier attempt failed late          | 2 | a 1 GW 2 RECEIVED; b 9 GW 1 FAILED - POWER_LOSS                 | IN_PROGRESS | none
          earlier attempt declined             | 2 | a 1 GW 1 DECLINED                                               | ISSUED      | none
          earlier attempt succeeded            | 2 | a 1 GW 1 INSTALLED 2.0.0                                        | INSTALLED   | none
          earlier success, current failure     | 2 | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 2 FAILED - POWER_LOSS          | INSTALLED   | none
          earlier success, current fell back   | 2 | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 2 FAILED 1.0.0 POWER_LOSS      | FAILED      | FELL_BACK
          fell back within an earlier attempt  | 2 | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 1 INSTALLED 1.0.0              | ISSUED      | none
          old attempt cannot undo a success    | 2 | a 1 GW 2 INSTALLED 2.0.0; b 2 GW 1 INSTALLED 1.0.0              | INSTALLED   | none
          nor one that was seen again          | 2 | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 2 INSTALLED 2.0.0; c 3 GW 1 INSTALLED 1.0.0 | INSTALLED | none
          """)
  void oneModule(String name, int attempt, String events, AssignmentState state, String errorCode) {
    FoldResult result = AssignmentFold.fold(facts(attempt, "GW"), events(events));

    assertThat(result.state()).as(name).isEqualTo(state);
    assertThat(result.errorCode()).as(name).isEqualTo(errorCode);
  }

  /** FORCED_AFTER: the owner is not asked from minute 10 on. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          forced, declined                     | FORCED        | a 1 GW 1 DECLINED                                          | FAILED      | DECLINED_UNASKED
          forced, declined, then installed     | FORCED        | a 1 GW 1 DECLINED 1.0.0; b 2 GW 1 INSTALLED 2.0.0          | INSTALLED   | none
          forced, installed, then declined     | FORCED        | a 1 GW 1 INSTALLED 2.0.0; b 2 GW 1 DECLINED 1.0.0          | INSTALLED   | none
          forced, downloaded                   | FORCED        | a 1 GW 1 DOWNLOADED                                        | IN_PROGRESS | none
          postponed                            | FORCED_AFTER  | a 9 GW 1 DECLINED                                          | IN_PROGRESS | none
          postponed, then installed            | FORCED_AFTER  | a 9 GW 1 DECLINED; b 12 GW 1 INSTALLED 2.0.0               | INSTALLED   | none
          postponed too long                   | FORCED_AFTER  | a 9 GW 1 DECLINED; b 10 GW 1 DECLINED                      | FAILED      | DECLINED_UNASKED
          downloaded                           | DOWNLOAD_ONLY | a 1 GW 1 DOWNLOADED 1.0.0                                  | DOWNLOADED  | none
          downloading                          | DOWNLOAD_ONLY | a 1 GW 1 DOWNLOADING 1.0.0                                 | IN_PROGRESS | none
          late progress after a download       | DOWNLOAD_ONLY | a 1 GW 1 DOWNLOADED; b 2 GW 1 INSTALLING                   | DOWNLOADED  | none
          downloaded after a failure           | DOWNLOAD_ONLY | a 1 GW 1 FAILED - DOWNLOAD_FAILED; b 2 GW 1 DOWNLOADED     | DOWNLOADED  | none
          failed after the download            | DOWNLOAD_ONLY | a 1 GW 1 DOWNLOADED; b 2 GW 1 FAILED - VERIFY_FAILED       | FAILED      | VERIFY_FAILED
          failed, downloaded, failed           | DOWNLOAD_ONLY | a 1 GW 1 FAILED - A; b 2 GW 1 DOWNLOADED; c 3 GW 1 FAILED - B | FAILED   | B
          declined what nobody asked           | DOWNLOAD_ONLY | a 1 GW 1 DECLINED                                          | FAILED      | DECLINED_UNASKED
          installed what was not asked for     | DOWNLOAD_ONLY | a 1 GW 1 DOWNLOADED; b 2 GW 1 INSTALLED 2.0.0              | INSTALLED   | none
          downloaded, declined                 | BY_OWNER      | a 1 GW 1 DOWNLOADED; b 2 GW 1 DECLINED                     | DECLINED    | none
          """)
  void whatTheOwnerIsAsked(
      String name, Mode mode, String events, AssignmentState state, String errorCode) {
    OwnerConsent consent = new OwnerConsent(mode, mode == Mode.FORCED_AFTER ? minute(10) : null);

    FoldResult result = AssignmentFold.fold(facts(consent, 1, "GW"), events(events));

    assertThat(result.state()).as(name).isEqualTo(state);
    assertThat(result.errorCode()).as(name).isEqualTo(errorCode);
  }

  @Test
  void aDownloadIsOneOfAllModulesInTheCurrentAttempt() {
    OwnerConsent download = new OwnerConsent(Mode.DOWNLOAD_ONLY, null);
    assertThat(
            AssignmentFold.fold(
                    facts(download, 1, "GW", "TCU"),
                    events("a 1 GW 1 DOWNLOADED; b 2 TCU 1 DOWNLOADING"))
                .state())
        .isEqualTo(AssignmentState.IN_PROGRESS);
    assertThat(
            AssignmentFold.fold(
                    facts(download, 1, "GW", "TCU"),
                    events("a 1 GW 1 INSTALLED 2.0.0; b 2 TCU 1 DOWNLOADED"))
                .state())
        .isEqualTo(AssignmentState.DOWNLOADED);
    assertThat(AssignmentFold.fold(facts(download, 2, "GW"), events("a 1 GW 1 DOWNLOADED")).state())
        .isEqualTo(AssignmentState.ISSUED);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one of two installed                 | 1 | a 1 GW 1 INSTALLED 2.0.0                                        | IN_PROGRESS | GW=INSTALLED TCU=PENDING
          both installed                       | 1 | a 1 GW 1 INSTALLED 2.0.0; b 2 TCU 1 INSTALLED 2.0.0             | INSTALLED   | GW=INSTALLED TCU=INSTALLED
          one installed, one failed            | 1 | a 1 GW 1 INSTALLED 2.0.0; b 2 TCU 1 FAILED                      | FAILED      | GW=INSTALLED TCU=FAILED
          one installed, one declined          | 1 | a 1 GW 1 INSTALLED 2.0.0; b 2 TCU 1 DECLINED                    | DECLINED    | GW=INSTALLED TCU=DECLINED
          one failed, one declined             | 1 | a 1 GW 1 DECLINED; b 2 TCU 1 FAILED                             | FAILED      | GW=DECLINED TCU=FAILED
          each in an attempt of its own        | 2 | a 1 GW 1 INSTALLED 2.0.0; b 2 TCU 1 FAILED; c 3 TCU 2 INSTALLED 2.0.0 | INSTALLED | GW=INSTALLED TCU=INSTALLED
          only the earlier attempt heard       | 2 | a 1 GW 1 INSTALLED 2.0.0; b 2 TCU 1 FAILED                      | ISSUED      | GW=INSTALLED TCU=PENDING
          """)
  void twoModules(String name, int attempt, String events, AssignmentState state, String modules) {
    FoldResult result = AssignmentFold.fold(facts(attempt, "GW", "TCU"), events(events));

    assertThat(result.state()).as(name).isEqualTo(state);
    assertThat(
            result.modules().entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue().state())
                .toList())
        .as(name)
        .containsExactly(modules.split(" ", -1));
  }

  @Test
  void timesAndOutcomesComeFromTheEventsThatDecide() {
    FoldResult installed =
        AssignmentFold.fold(
            facts(1, "GW", "TCU"),
            events(
                "a 5 GW 1 INSTALLED 2.0.0; b 3 TCU 1 INSTALLED 2.0.0; c 9 GW 1 INSTALLED 2.0.0"));
    assertThat(installed.installedAt()).isEqualTo(minute(5));
    assertThat(installed.lastEventAt()).isEqualTo(minute(9));
    assertThat(installed.failedAt()).isNull();

    FoldResult failed =
        AssignmentFold.fold(
            facts(1, "GW", "TCU"),
            events("a 5 GW 1 FAILED 1.0.0 VERIFY_FAILED; b 3 TCU 1 FAILED 1.1.0 POWER_LOSS"));
    assertThat(failed.errorCode()).isEqualTo("POWER_LOSS");
    assertThat(failed.failedAt()).isEqualTo(minute(3));
    assertThat(failed.installedAt()).isNull();
    assertThat(failed.modules())
        .containsExactly(
            Map.entry(
                "GW", new ModuleOutcome(ModuleState.FAILED, "1.0.0", "VERIFY_FAILED", minute(5))),
            Map.entry(
                "TCU", new ModuleOutcome(ModuleState.FAILED, "1.1.0", "POWER_LOSS", minute(3))));
  }

  @Test
  void eventsThatDoNotCountAreCountedByReason() {
    StatusEvent good = event("a 1 GW 1 RECEIVED");
    List<StatusEvent> events =
        List.of(
            good,
            good,
            good,
            event("a 2 GW 1 INSTALLED 2.0.0"),
            event("b 3 TCU 1 INSTALLED 2.0.0"),
            event("c 3 GW 7 INSTALLED 2.0.0"),
            changed("d", "WVWZZZ1JZXW000002", Events.CAMPAIGN, 11),
            changed("e", Events.VIN, "autumn", 11),
            changed("f", Events.VIN, Events.CAMPAIGN, 12));

    FoldResult result = AssignmentFold.fold(facts(1, "GW"), events);

    assertThat(result.state()).isEqualTo(AssignmentState.IN_PROGRESS);
    assertThat(result.lastEventAt()).isEqualTo(minute(1));
    assertThat(result.ignored())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                IgnoredReason.DUPLICATE, 2,
                IgnoredReason.CONFLICT, 1,
                IgnoredReason.UNKNOWN_MODULE, 1,
                IgnoredReason.UNKNOWN_ATTEMPT, 1,
                IgnoredReason.OTHER_ASSIGNMENT, 2,
                IgnoredReason.OTHER_VERSION, 1));
  }

  /** A manifest that was signed anew says the same: the vehicle may report on either. */
  @Test
  void reportsOnEachVersionOfAnAttemptCount() {
    AssignmentFacts anew =
        new AssignmentFacts(
            Events.VIN,
            Events.CAMPAIGN,
            Map.of("GW", "2.0.0", "TCU", "2.0.0"),
            1,
            12,
            Map.of(1, Set.of(11L, 12L)),
            OwnerConsent.DEFAULT);
    StatusEvent first = on(11, event("e1 1 GW 1 INSTALLED 2.0.0"));
    StatusEvent second = on(12, event("e2 2 TCU 1 INSTALLED 2.0.0"));
    for (List<StatusEvent> events : List.of(List.of(first, second), List.of(second, first))) {
      FoldResult result = AssignmentFold.fold(anew, events);
      assertThat(result.state()).isEqualTo(AssignmentState.INSTALLED);
      assertThat(result.ignored()).isEmpty();
    }
    assertThat(AssignmentFold.fold(anew, List.of(first, on(13, second))).ignored())
        .isEqualTo(Map.of(IgnoredReason.OTHER_VERSION, 1));
  }

  private static StatusEvent on(long version, StatusEvent e) {
    return new StatusEvent(
        e.eventId(),
        e.at(),
        e.vin(),
        e.module(),
        e.campaign(),
        version,
        e.attempt(),
        e.state(),
        e.reportedVersion(),
        e.errorCode(),
        e.text());
  }

  @Test
  void factsThatContradictThemselvesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AssignmentFacts(
                    "V1", "spring", Map.of(), 1, 11, Map.of(1, Set.of(11L)), OwnerConsent.DEFAULT))
        .withMessage("V1 in campaign spring: no target modules, expected at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AssignmentFacts(
                    "V1",
                    "spring",
                    Map.of("GW", "2"),
                    2,
                    12,
                    Map.of(1, Set.of(11L)),
                    OwnerConsent.DEFAULT))
        .withMessage(
            "V1 in campaign spring: attempt 2 has manifest version none among the issued attempts, expected 12");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AssignmentFacts(
                    "V1",
                    "spring",
                    Map.of("GW", "2"),
                    1,
                    12,
                    Map.of(1, Set.of(11L)),
                    OwnerConsent.DEFAULT))
        .withMessage(
            "V1 in campaign spring: attempt 1 has manifest version [11] among the issued attempts, expected 12");
  }

  private static StatusEvent changed(String id, String vin, String campaign, long version) {
    return new StatusEvent(
        id,
        minute(4),
        vin,
        "GW",
        campaign,
        version,
        1,
        ReportedState.INSTALLED,
        "2.0.0",
        null,
        null);
  }

  private static List<StatusEvent> events(String text) {
    return Arrays.stream(text.split(";", -1))
        .filter(one -> !one.isBlank())
        .map(Events::event)
        .toList();
  }
}
