package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.ConvoySettings;
import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.OwnerConsent.Mode;
import convoy.data.duckdb.Reconciliation.Folded;
import convoy.data.duckdb.Reconciliation.ToFold;
import convoy.data.status.AssignmentState;
import convoy.data.version.VersionFormatException;
import convoy.data.version.VersionScheme;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoldingTest {
  private static final Instant FAILED_AT = Instant.parse("2026-11-22T08:00:00Z");

  private final Folding folding = new Folding(ConvoySettings.defaults().status());

  @Test
  void aFailureInARunningCampaignIsTriedAgainAfterItsBackoff() {
    Folded folded = folding.fold(assignment("RUNNING", failure("POWER_LOSS")));

    assertThat(folded.state()).isEqualTo(AssignmentState.RETRY_DUE);
    assertThat(folded.errorCode()).isEqualTo("POWER_LOSS");
    assertThat(folded.failedModule()).isEqualTo("ENGINE");
    // 12 hours and up to a tenth more.
    assertThat(folded.dueAt())
        .isBetween(
            FAILED_AT.plus(Duration.ofHours(12)), FAILED_AT.plus(Duration.ofMinutes(13 * 60 + 12)));
    assertThat(folded.reason()).isEqualTo("retry after attempt 1 of 3");
  }

  @Test
  void anErrorCodeThatNoRetryHelpsIsFinal() {
    Folded folded = folding.fold(assignment("RUNNING", failure("WRONG_HARDWARE")));

    assertThat(folded.state()).isEqualTo(AssignmentState.FAILED);
    assertThat(folded.dueAt()).isNull();
    assertThat(folded.reason()).isEqualTo("permanent");
  }

  @Test
  void aCampaignThatHasEndedTriesNothingAgain() {
    Folded folded = folding.fold(assignment("COMPLETED", failure("POWER_LOSS")));

    assertThat(folded.state()).isEqualTo(AssignmentState.FAILED);
    assertThat(folded.errorCode()).isEqualTo("POWER_LOSS");
    assertThat(folded.dueAt()).isNull();
    assertThat(folded.reason()).isEqualTo("its campaign is COMPLETED, so it is not tried again");
  }

  /**
   * What no retry helps is the same whether its report comes before the campaign's end or after.
   */
  @Test
  void whatIsNotTriedAgainAnywayIsNotLaidToTheCampaign() {
    for (String state : List.of("RUNNING", "COMPLETED", "ABORTED")) {
      assertThat(folding.fold(assignment(state, failure("WRONG_HARDWARE"))).reason())
          .isEqualTo("permanent");
      assertThat(folding.fold(assignment(state, failure("ECU_UNRESPONSIVE"))).reason())
          .isEqualTo("workshop");
    }
  }

  @Test
  void versionsAreComparedByTheirKeysAndNotAsText() {
    // The manifest names 05.12.00, the vehicle reports 5.12.0.
    Folded folded = folding.fold(assignment("RUNNING", event("INSTALLED", key("5.12.0"), null)));

    assertThat(folded.state()).isEqualTo(AssignmentState.INSTALLED);
  }

  @Test
  void successIsNotBelievedWhenAnotherVersionIsReported() {
    Folded folded = folding.fold(assignment("RUNNING", event("INSTALLED", key("5.11.0"), null)));

    assertThat(folded.state()).isEqualTo(AssignmentState.RETRY_DUE);
    assertThat(folded.errorCode()).isEqualTo("VERSION_MISMATCH");
  }

  @Test
  void aVehicleThatInstallsWhatItWasOnlyToDownloadIsInstalledAndSaysSo() {
    OwnerConsent download = new OwnerConsent(Mode.DOWNLOAD_ONLY, null);

    Folded installed =
        folding.fold(assignment("RUNNING", download, event("INSTALLED", key("5.12.0"), null)));
    assertThat(installed.state()).isEqualTo(AssignmentState.INSTALLED);
    assertThat(installed.reason()).isEqualTo("it installed what it was only to download");

    Folded downloaded =
        folding.fold(assignment("RUNNING", download, event("DOWNLOADED", key("5.11.0"), null)));
    assertThat(downloaded.state()).isEqualTo(AssignmentState.DOWNLOADED);
    assertThat(downloaded.reason()).isNull();
  }

  @Test
  void aNoThatNobodyAskedForIsAFailure() {
    Folded folded =
        folding.fold(
            assignment(
                "RUNNING",
                new OwnerConsent(Mode.FORCED, null),
                event("DECLINED", key("5.11.0"), null)));

    assertThat(folded.state()).isEqualTo(AssignmentState.RETRY_DUE);
    assertThat(folded.errorCode()).isEqualTo("DECLINED_UNASKED");
    assertThat(folded.failedModule()).isEqualTo("ENGINE");
  }

  @Test
  void anOutcomeOfAWithdrawnManifestCountsAndNothingFollowsIt() {
    assertThat(withdrawn(event("INSTALLED", key("5.12.0"), null)).state())
        .isEqualTo(AssignmentState.INSTALLED);

    Folded begun = withdrawn(event("INSTALLING", key("5.11.0"), null));
    assertThat(begun.state()).isEqualTo(AssignmentState.CANCELLED);
    assertThat(begun.reason()).isEqualTo("withdrawn by bob: smoke");

    Folded failed = withdrawn(failure("POWER_LOSS"));
    assertThat(failed.state()).isEqualTo(AssignmentState.FAILED);
    assertThat(failed.errorCode()).isEqualTo("POWER_LOSS");
    assertThat(failed.dueAt()).isNull();
    assertThat(failed.reason()).isEqualTo("its manifest was withdrawn, so it is not tried again");

    assertThat(withdrawn(failure("WRONG_HARDWARE")).reason())
        .as("as it would be without the withdrawal")
        .isEqualTo("permanent");
  }

  @Test
  void nothingIsTriedAgainAfterTheEndOfTheCampaign() {
    Folded folded =
        folding.fold(
            assignment("RUNNING", OwnerConsent.DEFAULT, failure("POWER_LOSS"), null, true));

    assertThat(folded.state()).isEqualTo(AssignmentState.FAILED);
    assertThat(folded.dueAt()).isNull();
    assertThat(folded.reason()).isEqualTo("its campaign has ended, so it is not tried again");
  }

  /** What was reported on version 7 counts after the same was given once more, as version 8. */
  @Test
  void aReportOnTheManifestBeforeItWasSignedAnewCounts() {
    ToFold once = assignment("RUNNING", event("INSTALLED", key("5.12.0"), null));
    Folded folded =
        folding.fold(
            new ToFold(
                once.campaign(),
                once.vin(),
                once.campaignState(),
                once.attempt(),
                8,
                once.definition(),
                once.consent(),
                "[{\"attempt\":1,\"version\":7},{\"attempt\":1,\"version\":8}]",
                once.targets(),
                once.events(),
                1,
                null,
                false,
                null,
                null));

    assertThat(folded.state()).isEqualTo(AssignmentState.INSTALLED);
  }

  private Folded withdrawn(String event) {
    return folding.fold(
        assignment("RUNNING", OwnerConsent.DEFAULT, event, "withdrawn by bob: smoke", false));
  }

  private static ToFold assignment(String campaignState, String event) {
    return assignment(campaignState, OwnerConsent.DEFAULT, event);
  }

  private static ToFold assignment(String campaignState, OwnerConsent consent, String event) {
    return assignment(campaignState, consent, event, null, false);
  }

  private static ToFold assignment(
      String campaignState,
      OwnerConsent consent,
      String event,
      @Nullable String withdrawn,
      boolean hasEnded) {
    return new ToFold(
        "recall",
        "WVWZZZ1JZXW000001",
        campaignState,
        1,
        7,
        "{\"retry\":{\"attempts\":3,\"backoffSeconds\":43200}}",
        consent,
        "[{\"attempt\":1,\"version\":7}]",
        "[{\"module\":\"ENGINE\",\"expectedKey\":\"%s\",\"beforeKey\":\"%s\"}]"
            .formatted(key("05.12.00"), key("5.11.0")),
        "[" + event + "]",
        1,
        withdrawn,
        hasEnded,
        null,
        null);
  }

  private static String failure(String errorCode) {
    return event("FAILED", key("5.11.0"), errorCode);
  }

  private static String event(String state, String key, @Nullable String errorCode) {
    return """
        {"eventId":"e1","at":%d,"module":"ENGINE","manifestVersion":7,"attempt":1,"state":"%s",\
        "reportedKey":"%s","errorCode":%s,"text":null}"""
        .formatted(
            ChronoUnit.MICROS.between(Instant.EPOCH, FAILED_AT),
            state,
            key,
            errorCode == null ? "null" : "\"" + errorCode + "\"");
  }

  private static String key(String version) {
    try {
      return VersionScheme.DOTTED.key(version);
    } catch (VersionFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
