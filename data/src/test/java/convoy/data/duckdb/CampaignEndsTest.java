package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.EndAct;
import convoy.data.campaign.PlannedEnd;
import convoy.data.eligibility.Standing;
import convoy.data.status.CampaignTrigger;
import convoy.data.trust.SignedAct;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of end does to the vehicles of a campaign, one in each state. */
class CampaignEndsTest extends CampaignInEachState {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STOP | 4 | 0 | 3 CANCELLED, 1 EXPIRED, 1 FAILED, 1 INSTALLED, 1 IN_PROGRESS, 1 ISSUED, 2 SILENT",
        "WITHDRAW_UNBEGUN | 4 | 2 | 5 CANCELLED, 1 EXPIRED, 1 FAILED, 1 INSTALLED, 1 IN_PROGRESS, 1 SILENT",
        "WITHDRAW_OPEN | 3 | 5 | 7 CANCELLED, 1 EXPIRED, 1 FAILED, 1 INSTALLED",
      })
  void anEndCancelsWhatWasNotIssuedAndTakesBackWhatItSays(
      EndAct then, long cancelled, long withdrawn, String states) {
    PlannedEnd end = new PlannedEnd(LocalDateTime.parse("2026-11-10T00:00"), ZoneOffset.UTC, then);

    assertThat(CampaignEnds.carryOut(store, "c", end, Fleet.packing(2), NOW))
        .isEqualTo(new CampaignEnds.Ended(NOW, cancelled, withdrawn));

    assertThat(
            String.join(
                ", ",
                rows(
                    "select count(*) || ' ' || state from assignment where campaign = 'c'"
                        + " group by state order by state")))
        .isEqualTo(states);
    assertThat(Issuing.withdrawing(store))
        .allSatisfy(shard -> assertThat(shard.shard()).isGreaterThan(1))
        .extracting(Issuing.Shard::vehicles)
        .satisfies(
            sizes ->
                assertThat(sizes.stream().mapToLong(Integer::longValue).sum())
                    .isEqualTo(withdrawn));
    assertThat(Issuing.shards(store, List.of("c"))).as("dropped").isEmpty();
    assertThat(rows("select distinct version::varchar from manifest where withdrawal is not null"))
        .containsExactlyElementsOf(withdrawn == 0 ? List.of() : List.of("2"));

    // A vehicle whose manifest is taken back waits no longer for this campaign.
    Waves.settleCompetition(store, NOW);
    long open = then == EndAct.STOP ? 4 : then == EndAct.WITHDRAW_UNBEGUN ? 2 : 0;
    assertThat(rows("select vin from assignment where campaign = 'later' and state = 'WAITING'"))
        .hasSize((int) open);
    assertThat(AuditLog.fault(AuditLog.lines(store))).isEmpty();
  }

  @Test
  void whatAnotherCampaignHasReplacedIsNotTakenBack() {
    CampaignStops.pause(store, "c", "smoke", NOW);
    Waves.settleCompetition(store, NOW);
    Fleet.prepare(store, "later", Fleet.MATCHING, ZoneOffset.UTC, Fleet.packing(20), NOW);
    Issuing.shards(store, List.of("later"))
        .forEach(shard -> Issuing.markIssued(store, shard, "00", List.of("k"), NOW));
    List<String> both =
        rows("select vin from manifest where campaign = 'later' and version = 2 order by vin");
    assertThat(both)
        .containsAll(
            rows("select vin from assignment where campaign = 'c' and state = 'RETRY_DUE'"));

    CampaignEnds.Ended ended =
        CampaignEnds.carryOut(
            store,
            "c",
            new PlannedEnd(
                LocalDateTime.parse("2026-11-10T00:00"), ZoneOffset.UTC, EndAct.WITHDRAW_OPEN),
            Fleet.packing(2),
            NOW);

    assertThat(ended).isEqualTo(new CampaignEnds.Ended(NOW, 4, 4));
    assertThat(rows("select vin from manifest where withdrawal is not null"))
        .hasSize(4)
        .doesNotContainAnyElementsOf(both);
    assertThat(rows("select state from assignment where campaign = 'c' and state = 'RETRY_DUE'"))
        .isEmpty();
  }

  @Test
  void anEndedCampaignIsNeitherStartedNorSentBack() {
    Samples.register(store, "held", "maps", "SCHEDULED", 30, Samples.ALL);
    PlannedEnd end =
        new PlannedEnd(LocalDateTime.parse("2026-11-10T00:00"), ZoneOffset.UTC, EndAct.STOP);
    CampaignEnds.carryOut(store, "held", end, Fleet.packing(2), NOW);
    String message = "campaign held ended at %s, expected one that may still issue".formatted(NOW);

    assertThatThrownBy(
            () ->
                ControlRequests.carryOut(
                    store,
                    ControlRequest.of(ControlAct.START, "held", "bob", null, NOW),
                    List.of(),
                    NOW))
        .hasMessage(message);
    assertThatThrownBy(
            () ->
                SignedActs.onCampaign(
                    store,
                    "held",
                    new SignedAct(
                        SignedAct.Kind.REJECTED,
                        SignedAct.ofCampaign("held"),
                        "00".repeat(32),
                        null,
                        "bob",
                        NOW,
                        "not yet"),
                    "{}",
                    CampaignTrigger.SEND_BACK,
                    "not yet",
                    NOW))
        .hasMessage(message);

    assertThat(rows("select state from campaign where campaign = 'held'"))
        .containsExactly("APPROVED");
    assertThat(rows("select document from signed_act")).isEmpty();
    assertThat(VehicleHistory.standings(store, rows("select min(vin) from vehicle").get(0)))
        .extracting(Standing::campaign, Standing::hasEnded)
        .containsExactly(tuple("c", false), tuple("later", false), tuple("held", true));
  }
}
