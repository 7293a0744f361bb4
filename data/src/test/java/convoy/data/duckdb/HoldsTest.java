package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.eligibility.Assessment;
import convoy.data.eligibility.Reason;
import convoy.data.eligibility.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes with time alone: windows, competition between campaigns, and silence. */
class HoldsTest extends StoreTest {
  private static final String T1 = "2026-10-01T10:00:00Z";

  @BeforeEach
  void fill() {
    land(
        store,
        "v.csv",
        // Berlin and Lisbon, an hour apart; and UTC.
        vehicle(2, "IN-DE", "ASTER", "DE", T1),
        vehicle(3, "IN-JP", "ASTER", "JP", T1));
    land(store, "e.csv", ecu(2, "IN-DE", "ABS", "2.0.3", T1), ecu(3, "IN-JP", "ABS", "2.0.3", T1));
  }

  @Test
  void aWindowIsOpenFromItsFirstMomentUpToItsLastInEveryZoneOfTheRegion() {
    Samples.register(
        store,
        "c",
        "brakes",
        "SCHEDULED",
        50,
        Samples.ALL
            + ",\"window\":{\"begins\":\"2026-11-01T02:00\",\"ends\":\"2026-11-01T05:00\"}");

    // In DE it opens when it is 2:00 in Lisbon too, and closes when it is 5:00 in Berlin.
    assertThat(held("2026-11-01T01:59:59.999999Z")).isEqualTo(2);
    assertThat(held("2026-11-01T02:00:00Z")).isZero();
    assertThat(held("2026-11-01T03:59:59.999999Z")).isZero();
    assertThat(held("2026-11-01T04:00:00Z")).isEqualTo(1);
    assertThat(held("2026-11-01T04:59:59.999999Z")).isEqualTo(1);
    assertThat(told("IN-DE", "2026-11-01T04:00:00Z"))
        .isEqualTo(
            "ELIGIBLE: OUTSIDE_WINDOW region DE / a local time from 2026-11-01T02:00 to"
                + " 2026-11-01T05:00");
    assertThat(told("IN-JP", "2026-11-01T04:00:00Z")).isEqualTo("ELIGIBLE:");
    assertThat(held("2026-11-01T05:00:00Z")).isEqualTo(2);
  }

  @Test
  void aVehicleIsBusyWhileAnotherCampaignGoesFirstOrHasAnOpenManifest() {
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
    Samples.register(store, "d", "brakes", "SCHEDULED", 60, Samples.ALL);
    Samples.register(store, "e", "brakes", "SCHEDULED", 70, Samples.ALL);
    assign("c", "IN-DE", "PLANNED", "e");
    assign("d", "IN-DE", "ISSUED", null);
    assign("d", "IN-JP", "INSTALLED", null);

    // Two hold it: the first by name is told. The holder itself is not held.
    assertThat(told("IN-DE", "2026-11-01T03:00:00Z"))
        .isEqualTo(
            "ELIGIBLE: BUSY_WITH_OTHER_CAMPAIGN campaign d, over ABS / none that goes first or has"
                + " an open manifest there");
    assertThat(told("IN-JP", "2026-11-01T03:00:00Z")).isEqualTo("ELIGIBLE:");
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    for (String campaign : List.of("c", "e")) {
      assertThat(Eligibility.counts(store, campaign))
          .as(campaign)
          .isEqualTo(
              new Eligibility.Counts(
                  2, 0, 0, Map.of(Verdict.ELIGIBLE, Map.of(Reason.BUSY_WITH_OTHER_CAMPAIGN, 1L))));
    }
    assertThat(Eligibility.counts(store, "d").byReason()).isEmpty();
  }

  @Test
  void aVehicleIsStaleOnceNothingWasHeardOfItForLongerThanTheLimit() {
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);

    // 300 days after the export that told of it.
    assertThat(unknown("2027-07-28T10:00:00Z")).isZero();
    assertThat(unknown("2027-07-28T10:00:00.000001Z")).isEqualTo(2);
    // A newer word of one ECU, which says nothing new, is enough.
    land(store, "later.csv", ecu(2, "IN-DE", "ABS", "2.0.3", "2026-10-02T10:00:00Z"));
    assertThat(unknown("2027-07-28T10:00:00.000001Z")).isEqualTo(1);
    assertThat(told("IN-JP", "2027-07-28T10:00:01Z"))
        .isEqualTo(
            "UNKNOWN: STALE_DATA last heard of at 2026-10-01T10:00:00Z / an export or a report"
                + " since 2026-10-01T10:00:01Z");
  }

  /** How many vehicles of campaign c wait for its window at that time. */
  private long held(String at) {
    Eligibility.match(store, Fleet.MATCHING, Instant.parse(at));
    Eligibility.Counts counts = Eligibility.counts(store, "c");
    assertThat(counts.eligible()).isEqualTo(2);
    return counts
        .byReason()
        .getOrDefault(Verdict.ELIGIBLE, Map.of())
        .getOrDefault(Reason.OUTSIDE_WINDOW, 0L);
  }

  private long unknown(String at) {
    Eligibility.match(store, Fleet.MATCHING, Instant.parse(at));
    return Eligibility.counts(store, "c").unknown();
  }

  private void assign(String campaign, String vin, String state, @Nullable String waitingFor) {
    store.transaction(
        db ->
            db.text(
                    "insert into assignment (campaign, vin, wave, state, attempt, waiting_for, state_at)"
                        + " values (:campaign, :vin, 1, :state, 1, :waiting, :now)")
                .param("campaign", campaign)
                .param("vin", vin)
                .param("state", state)
                .param("waiting", waitingFor)
                .param("now", Db.utc(Fleet.NOW))
                .update());
  }

  /** What campaign c decides on the vehicle at that time. */
  private String told(String vin, String at) {
    Assessment assessment =
        Explanations.of(store, vin, Fleet.MATCHING, Instant.parse(at)).stream()
            .filter(a -> a.campaign().equals("c"))
            .findFirst()
            .orElseThrow();
    StringBuilder told = new StringBuilder(assessment.verdict() + ":");
    assessment
        .findings()
        .forEach(f -> told.append(" %s %s / %s".formatted(f.reason(), f.found(), f.expected())));
    return told.toString();
  }
}
