package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.EndAct;
import convoy.data.campaign.PlannedEnd;
import convoy.data.vehicle.CheckedRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of end does to the vehicles of a campaign, one in each state. */
class CampaignEndsTest extends StoreTest {
  private static final String T1 = "2026-10-01T10:00:00Z";
  private static final Instant NOW = Fleet.NOW.plus(Duration.ofDays(10));

  /** Issued to V0 to V6, of which V3 to V6 are in later states; V7 to V9 are not issued. */
  @BeforeEach
  void fill() {
    List<CheckedRow> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(vehicle(i, "V" + i, "ASTER", "DE", T1));
      rows.add(ecu(100 + i, "V" + i, "ABS", "2.0.3", T1));
      rows.add(ecu(200 + i, "V" + i, "GATEWAY", "1.5.0", T1));
      rows.add(ecu(300 + i, "V" + i, "INFOTAINMENT", "5.5.0", T1));
    }
    land(store, "fleet.csv", rows.toArray(CheckedRow[]::new));
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
    Samples.register(store, "later", "maps", "SCHEDULED", 40, Samples.ALL);
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    Waves.plan(store, "c", List.of("one", "two"), List.of(8L, 2L), Fleet.NOW);
    Waves.plan(store, "later", List.of("all"), List.of(10L), Fleet.NOW);
    Waves.settleCompetition(store, Fleet.NOW);
    Issuing.prepare(store, "c", Fleet.MATCHING, Fleet.NOW, Fleet.packing(10), Fleet.NOW);
    List<String> issued = rows("select vin from manifest order by vin");
    assertThat(issued).hasSize(8);
    // One of them was prepared in a shard that was never written.
    change("update manifest set shard = 1 where vin = '" + issued.get(7) + "'");
    Issuing.markIssued(store, new Issuing.Shard("c", 1, 0, 7), "00", Fleet.NOW);
    setState(issued.get(1), "IN_PROGRESS");
    setState(issued.get(2), "SILENT");
    setState(issued.get(3), "SILENT");
    setState(issued.get(4), "RETRY_DUE");
    setState(issued.get(5), "INSTALLED");
    setState(issued.get(6), "EXPIRED");
    change("update manifest set expires_at = issued_at where vin = '" + issued.get(6) + "'");
    for (int begun : new int[] {1, 3, 4, 5}) {
      change(
          "insert into status_event values ('e%d', now(), '%s', 'ABS', 'c', 1, 1, 'RECEIVED', null,"
                  .formatted(begun, issued.get(begun))
              + " null, null, null, 'aa', 1, now())");
    }
  }

  private void change(String sql) {
    store.transaction(db -> db.text(sql).update());
  }

  private void setState(String vin, String state) {
    change(
        "update assignment set state = '%s' where campaign = 'c' and vin = '%s'"
            .formatted(state, vin));
  }

  private List<String> rows(String sql) {
    return store.read(db -> db.text(sql).query(String.class).list());
  }

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

    assertThat(
            CampaignEnds.carryOut(
                store, "c", end, new Issuing.Packing(2, Duration.ofDays(30)), NOW))
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
    Issuing.prepare(store, "later", Fleet.MATCHING, NOW, Fleet.packing(20), NOW);
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
            new Issuing.Packing(2, Duration.ofDays(30)),
            NOW);

    assertThat(ended).isEqualTo(new CampaignEnds.Ended(NOW, 4, 4));
    assertThat(rows("select vin from manifest where withdrawal is not null"))
        .hasSize(4)
        .doesNotContainAnyElementsOf(both);
    assertThat(rows("select state from assignment where campaign = 'c' and state = 'RETRY_DUE'"))
        .isEmpty();
  }
}
