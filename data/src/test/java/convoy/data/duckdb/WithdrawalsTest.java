package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.ControlRequest.SignedVehicles;
import convoy.data.campaign.EndAct;
import convoy.data.campaign.Membership;
import convoy.data.campaign.PlannedEnd;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.trust.SignedAct;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person's withdrawal does to the vehicles of a campaign, one in each state. */
class WithdrawalsTest extends CampaignInEachState {
  private String withdraw(String campaign, WithdrawnVehicles vehicles) {
    SignedAct act =
        new SignedAct(
            SignedAct.Kind.WITHDRAWN,
            SignedAct.ofCampaign(campaign),
            vehicles.digest(),
            null,
            "bob",
            NOW,
            "smoke");
    ControlRequest request =
        ControlRequest.takingBack(
            ControlAct.WITHDRAW,
            campaign,
            "bob",
            "smoke",
            NOW,
            new SignedVehicles(vehicles.content(), "{}"));
    return Withdrawals.carryOut(store, request, act, vehicles, Fleet.packing(2), NOW);
  }

  /** Why the vehicles that have reported, were they folded now, are out of the campaign. */
  private List<String> foldedAsWithdrawn() {
    change("insert into fold_queue select distinct campaign, vin from status_event");
    List<String> found = new ArrayList<>();
    Reconciliation.next(
        store,
        "",
        "",
        100,
        some -> {
          some.forEach(f -> found.add("%s %s".formatted(f.vin(), f.withdrawn())));
          return List.of();
        });
    return found;
  }

  @Test
  void namedVehiclesAreOutOfTheCampaignWhateverTheirState() {
    List<String> vins = new ArrayList<>(rows("select vin from vehicle order by vin"));
    String unplanned =
        rows("select min(vin) from assignment where campaign = 'c' and wave = 2").get(0);
    change("delete from assignment where campaign = 'c' and vin = '" + unplanned + "'");
    vins.add("1M8GDM9AXKP042788");

    assertThat(withdraw("c", new WithdrawnVehicles(null, vins)))
        .isEqualTo(
            "c: withdrawn by bob: smoke, 11 named vehicles; 5 manifests withdrawn, 4 vehicles get"
                + " none any more, 2 of which it had not planned; left alone: 1 EXPIRED, 1"
                + " INSTALLED");

    assertThat(
            rows(
                "select wave || ' ' || state || ' ' || count(*) from assignment"
                    + " where campaign = 'c' and withdrawal = 1 group by wave, state order by all"))
        .containsExactly(
            "1 CANCELLED 5", "1 EXPIRED 1", "1 FAILED 1", "1 INSTALLED 1", "2 CANCELLED 3");
    assertThat(foldedAsWithdrawn())
        .hasSize(4)
        .allSatisfy(folded -> assertThat(folded).endsWith(" withdrawn by bob: smoke"));
    assertThat(Waves.refresh(store, "c", Membership.OPEN, NOW)).as("joined").isZero();
    assertThat(rows("select who || ': ' || after from audit_log where act = 'MANIFESTS_DROPPED'"))
        .containsExactly("bob: 1 that were prepared and not issued");
    assertThat(AuditLog.fault(AuditLog.lines(store))).isEmpty();
  }

  @Test
  void aFailureStaysOneAlsoWhereAnotherCampaignHasReplacedItsManifest() {
    CampaignStops.pause(store, "c", "smoke", NOW);
    Waves.settleCompetition(store, NOW);
    Fleet.prepare(store, "later", Fleet.MATCHING, ZoneOffset.UTC, Fleet.packing(20), NOW);
    Issuing.shards(store, List.of("later"))
        .forEach(shard -> Issuing.markIssued(store, shard, "00", List.of("k"), NOW));
    String vin =
        rows("select vin from assignment where campaign = 'c' and state = 'RETRY_DUE'").get(0);

    assertThat(withdraw("c", WithdrawnVehicles.ALL))
        .contains("; 4 manifests withdrawn, 1 vehicles get none any more; ");

    assertThat(rows("select state from assignment where campaign = 'c' and vin = '" + vin + "'"))
        .containsExactly("FAILED");
    assertThat(foldedAsWithdrawn()).contains(vin + " withdrawn by bob: smoke");
  }

  @Test
  void whatTheEndTookBackCanBeWithdrawnAnewOnceTheCampaignIsCompleted() {
    PlannedEnd end =
        new PlannedEnd(
            LocalDateTime.parse("2026-11-10T00:00"), ZoneOffset.UTC, EndAct.WITHDRAW_OPEN);
    CampaignEnds.carryOut(store, "c", end, Fleet.packing(2), NOW);
    assertThat(Reconciliation.complete(store, NOW)).containsExactly("c");

    assertThat(withdraw("c", WithdrawnVehicles.ALL)).contains("; 5 manifests withdrawn; ");

    assertThat(Issuing.withdrawing(store))
        .allSatisfy(shard -> assertThat(shard.withdrawal()).isEqualTo(2));
    assertThat(rows("select state from campaign where campaign = 'c'"))
        .containsExactly("COMPLETED");
  }

  @Test
  void vehiclesOfACampaignWithoutWavesCannotBeNamed() {
    Samples.register(store, "held", "maps", "SCHEDULED", 30, Samples.ALL);
    CampaignStops.pause(store, "held", "holidays", NOW);

    assertThatThrownBy(
            () ->
                withdraw("held", new WithdrawnVehicles(null, rows("select min(vin) from vehicle"))))
        .hasMessage("campaign held has planned no vehicles, expected one with waves");
  }
}
