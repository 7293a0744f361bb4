package convoy.data.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.OwnerConsent;
import convoy.data.status.AssignmentState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NextStepTest {
  private static final Assessment FITS = new Assessment("c", "V", Verdict.ELIGIBLE, List.of());

  private static Standing standing(
      String state, boolean waitsForStart, Standing.@Nullable Assigned assigned) {
    return standing(state, waitsForStart, false, assigned);
  }

  private static Standing standing(
      String state, boolean waitsForStart, boolean hasEnded, Standing.@Nullable Assigned assigned) {
    return new Standing(
        "c",
        "C",
        "u 1",
        "SCHEDULED",
        50,
        state,
        "why",
        waitsForStart,
        hasEnded,
        OwnerConsent.DEFAULT,
        assigned);
  }

  /** A vehicle that the update fits and that no wave has yet. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DRAFT     | false | it is planned into a wave once the campaign is submitted and approved",
        "DRAFT     | true  | it is planned into a wave once the campaign is submitted and approved, and a person has started it",
        "SUBMITTED | false | it is planned into a wave once the campaign is approved",
        "SUBMITTED | true  | it is planned into a wave once the campaign is approved, and a person has started it",
        "APPROVED  | false | the next run plans it into a wave",
        "APPROVED  | true  | it is planned into a wave once a person starts the campaign: ./convoy campaign start c --by NAME",
        "RUNNING   | false | the next run plans it into the last wave, if that is not closed",
        "PAUSED    | false | nothing while the campaign is PAUSED: why",
      })
  void whatAVehicleWaitsForThatIsNotPlanned(String state, boolean waitsForStart, String next) {
    assertThat(NextStep.of(standing(state, waitsForStart, null), FITS)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"APPROVED", "RUNNING", "PAUSED"})
  void nothingIsToComeOnceACampaignHasEnded(String state) {
    assertThat(NextStep.of(standing(state, true, true, null), FITS))
        .isEqualTo("nothing: the campaign has ended");
    assertThat(NextStep.of(standing(state, true, true, assigned("ISSUED", null)), FITS))
        .isEqualTo("its report is awaited; without one it counts as silent from null");
  }

  @Test
  void whatACampaignHasDoneToAVehicle() {
    assertThat(NextStep.of(standing("RUNNING", false, assigned("DOWNLOADED", null)), FITS))
        .isEqualTo("nothing: the update is downloaded, and the campaign installs nothing");
    assertThat(NextStep.of(standing("RUNNING", false, assigned("INSTALLED", "by itself")), FITS))
        .isEqualTo("nothing: the update is installed, by itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUNNING | ROLLBACK_DUE     | the next run issues the manifest that takes it back, why",
        "PAUSED  | ROLLBACK_DUE     | the next run issues the manifest that takes it back, if a person asked for it: the campaign is PAUSED, why",
        "ABORTED | ROLLBACK_ISSUED  | the outcome of its rollback is awaited, why",
        "RUNNING | ROLLED_BACK      | nothing: it has gone back to the versions from before, why",
        "RUNNING | SERVICE_REQUIRED | a workshop looks at it, why",
      })
  void whatAVehicleWaitsForThatGoesBack(String campaign, String state, String next) {
    assertThat(NextStep.of(standing(campaign, false, assigned(state, "why")), FITS))
        .isEqualTo(next);
  }

  @Test
  void whenARollbackIsTriedAgain() {
    assertThat(
            NextStep.of(
                standing("RUNNING", false, assigned("ROLLBACK_DUE", "why", Instant.EPOCH)), FITS))
        .isEqualTo(
            "the first run from 1970-01-01T00:00:00Z on issues the manifest that takes it back, why");
  }

  @Test
  void whatKeepsARollbackFromBeingGiven() {
    assertThat(NextStep.of(standing("RUNNING", false, refused("ROLLBACK_DUE")), FITS))
        .isEqualTo(
            "nothing takes it back: nobody signed it; a person can ask for it anew: ./convoy"
                + " campaign rollback c --vin VIN --reason TEXT --by NAME");
    assertThat(NextStep.of(standing("RUNNING", false, refused("ROLLBACK_ISSUED")), FITS))
        .isEqualTo(
            "its rollback is not given anew: nobody signed it; a report on it still counts, until"
                + " it runs out");
  }

  private static Standing.Assigned refused(String state) {
    return assigned(state, null, null, "nobody signed it");
  }

  private static Standing.Assigned assigned(String state, @Nullable String reason) {
    return assigned(state, reason, null);
  }

  private static Standing.Assigned assigned(
      String state, @Nullable String reason, @Nullable Instant dueAt) {
    return assigned(state, reason, dueAt, null);
  }

  private static Standing.Assigned assigned(
      String state, @Nullable String reason, @Nullable Instant dueAt, @Nullable String refusal) {
    return new Standing.Assigned(
        AssignmentState.valueOf(state),
        1,
        "all",
        true,
        1,
        1L,
        dueAt,
        null,
        null,
        null,
        null,
        null,
        reason,
        Instant.EPOCH,
        refusal);
  }
}
