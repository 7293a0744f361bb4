package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.Membership;
import convoy.data.error.ConvoyException;
import convoy.data.io.FileDigest;
import convoy.data.vehicle.CheckedRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssuingTest extends StoreTest {
  private static final String T1 = "2026-10-01T10:00:00Z";

  @BeforeEach
  void fill() {
    List<CheckedRow> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(vehicle(i, "V" + i, "ASTER", "DE", T1));
      rows.add(ecu(100 + i, "V" + i, "ABS", "2.0.3", T1));
      rows.add(ecu(200 + i, "V" + i, "GATEWAY", "1.5.0", T1));
      rows.add(ecu(300 + i, "V" + i, "INFOTAINMENT", i < 5 ? "5.5.0" : "6.0.0", T1));
    }
    land(store, "fleet.csv", rows.toArray(CheckedRow[]::new));
  }

  private void plan(String campaign, Long... sizes) {
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      names.add("wave " + (i + 1));
    }
    Waves.plan(store, campaign, names, List.of(sizes), Fleet.NOW);
    Waves.settleCompetition(store, Fleet.NOW);
  }

  private int prepare(String campaign) {
    return Fleet.prepare(
        store, campaign, Fleet.MATCHING, ZoneOffset.UTC, Fleet.packing(2), Fleet.NOW);
  }

  private String states(String campaign) {
    StringBuilder all = new StringBuilder();
    for (Waves.StateCount count : Waves.states(store, campaign)) {
      all.append(all.isEmpty() ? "" : ", ")
          .append(count.wave() + " " + count.state() + " " + count.vehicles());
    }
    return all.toString();
  }

  @Test
  void theFirstWaveIsPreparedInShardsAndIssuedOnce() {
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
    Images.stored(
        store, new FileDigest(10, "aa", "bb"), new FileDigest(300, "cc", "dd"), Fleet.NOW);
    plan("c", 3L, 7L);
    assertThat(states("c")).isEqualTo("1 PLANNED 3, 2 PLANNED 7");

    assertThat(prepare("c")).isEqualTo(3);
    assertThat(prepare("c")).as("prepared again after a kill").isZero();
    List<Issuing.Shard> shards = Issuing.shards(store, List.of("c"));
    assertThat(shards)
        .containsExactly(new Issuing.Shard("c", 1, 0, 2), new Issuing.Shard("c", 1, 1, 1));
    ShardContent content = ShardContent.of(store, shards.get(0));
    ShardContent.Asking own = new ShardContent.Asking("c", false);
    assertThat(content.terms()).containsOnlyKeys(own);
    ShardContent.Terms terms = Objects.requireNonNull(content.terms().get(own));
    assertThat(terms.preconditions()).isEqualTo("{}");
    assertThat(terms.images())
        .containsExactly(
            new ShardContent.Image(
                "ABS",
                1,
                List.of(),
                "ABS.bin",
                new FileDigest(10, "aa", "bb"),
                new FileDigest(300, "cc", "dd"),
                "2.1.0",
                1,
                1));
    assertThat(content.requests())
        .hasSize(2)
        .allSatisfy(
            request -> {
              assertThat(request.version()).isEqualTo(1);
              assertThat(request.attempt()).isEqualTo(1);
              assertThat(request.ecus())
                  .containsExactly(
                      new ShardContent.Ecu("ABS", request.vin() + "-ABS", "HW-1", 1, null));
            });

    // The texts of a row are read as one, with this control character between them.
    store.transaction(
        db ->
            db.text("update manifest_target set ecu_serial = ecu_serial || chr(31) || 'x'")
                .update());
    String vin = content.requests().get(0).vin();
    assertThatThrownBy(() -> ShardContent.of(store, shards.get(0)))
        .isInstanceOf(ConvoyException.class)
        .hasMessageStartingWith("manifest for %s: found the control character U+001F in '", vin)
        .hasMessageEndingWith("?ABS?%s-ABS?x?HW-1', expected text without control characters", vin);

    shards.forEach(shard -> Issuing.markIssued(store, shard, "00", List.of("k"), Fleet.NOW));
    shards.forEach(shard -> Issuing.markIssued(store, shard, "00", List.of("k"), Fleet.NOW));

    assertThat(states("c")).isEqualTo("1 ISSUED 3, 2 PLANNED 7");
    assertThat(Issuing.shards(store, List.of("c"))).isEmpty();
    assertThat(AuditLog.lines(store).stream().filter(l -> l.act().equals("MANIFESTS_ISSUED")))
        .hasSize(2);
  }

  @Test
  void theSameInputGivesTheSamePlan() {
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
    plan("c", 3L, 7L);
    List<String> plan = plan();
    store.transaction(
        db -> {
          db.text("delete from assignment").update();
          db.text("delete from wave").update();
          db.text("update campaign set state = 'APPROVED'").update();
        });

    plan("c", 3L, 7L);

    assertThat(plan()).isEqualTo(plan).hasSize(10);
  }

  private List<String> plan() {
    return store.read(
        db ->
            db.text("select vin || ' ' || wave from assignment order by all")
                .query(String.class)
                .list());
  }

  @Test
  void aVehicleThatTwoCampaignsClaimWaitsForTheOneThatGoesFirst() {
    Samples.register(store, "late-but-urgent", "brakes", "IMMEDIATE", 10, Samples.ALL);
    Samples.register(store, "early", "brakes", "SCHEDULED", 99, Samples.ALL);
    plan("early", 10L);
    plan("late-but-urgent", 4L, 6L);

    assertThat(states("late-but-urgent")).isEqualTo("1 PLANNED 4, 2 PLANNED 6");
    assertThat(states("early")).isEqualTo("1 PLANNED 6, 1 WAITING 4");
    assertThat(waitingFor("early")).containsOnly("late-but-urgent").hasSize(4);
    assertThat(prepare("late-but-urgent")).isEqualTo(4);
    assertThat(prepare("early")).isEqualTo(6);
    Waves.settleCompetition(store, Fleet.NOW);
    assertThat(prepare("early")).as("still one open manifest a vehicle").isZero();
  }

  @Test
  void aVehicleThatWaitedGetsItsManifestAlsoWhenItsWaveHasSucceededMeanwhile() {
    Samples.register(store, "urgent", "brakes", "IMMEDIATE", 10, Samples.ALL);
    Samples.register(store, "early", "brakes", "SCHEDULED", 99, Samples.ALL);
    plan("early", 10L);
    plan("urgent", 4L, 6L);
    assertThat(states("early")).isEqualTo("1 PLANNED 6, 1 WAITING 4");
    store.transaction(
        db -> {
          db.text("update wave set state = 'SUCCEEDED' where campaign = 'early'").update();
          db.text(
                  "update assignment set state = 'INSTALLED' where campaign = 'early' and state = 'PLANNED'")
              .update();
        });
    Waves.settleCompetition(store, Fleet.NOW);
    assertThat(states("early")).isEqualTo("1 INSTALLED 6, 1 WAITING 4");
    assertThat(prepare("early")).isZero();

    store.transaction(
        db ->
            db.text(
                    "update assignment set state = 'INSTALLED' where campaign = 'urgent' and wave = 1")
                .update());
    Waves.settleCompetition(store, Fleet.NOW);

    assertThat(states("early")).isEqualTo("1 INSTALLED 6, 1 PLANNED 4");
    assertThat(prepare("early")).isEqualTo(4);
  }

  @Test
  void anOpenManifestIsFinishedBeforeAnUrgentCampaignComes() {
    Samples.register(store, "early", "brakes", "SCHEDULED", 50, Samples.ALL);
    plan("early", 10L);
    prepare("early");
    Issuing.shards(store, List.of("early"))
        .forEach(s -> Issuing.markIssued(store, s, "00", List.of("k"), Fleet.NOW));
    Samples.register(store, "urgent", "brakes", "IMMEDIATE", 99, Samples.ALL);
    plan("urgent", 10L);
    assertThat(states("urgent")).isEqualTo("1 WAITING 10");
    assertThat(prepare("urgent")).isZero();

    store.transaction(
        db ->
            db.text(
                    "update assignment set state = 'INSTALLED' where campaign = 'early' and vin < 'V4'")
                .update());
    Waves.settleCompetition(store, Fleet.NOW);

    assertThat(states("urgent")).isEqualTo("1 PLANNED 4, 1 WAITING 6");
    assertThat(prepare("urgent")).isEqualTo(4);
    List<Long> versions =
        store.read(
            db ->
                db.text("select distinct version from manifest where campaign = 'urgent'")
                    .query(Long.class)
                    .list());
    assertThat(versions).as("versions of a vehicle only grow").containsExactly(2L);
  }

  @Test
  void aVehicleThatChangedSinceThePlanGetsNothing() {
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
    plan("c", 10L);
    land(store, "workshop.csv", ecu(2, "V3", "ABS", "2.1.0", "2026-10-05T10:00:00Z"));

    assertThat(prepare("c")).isEqualTo(9);

    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    Waves.refresh(store, "c", Membership.OPEN, Fleet.NOW);
    assertThat(states("c")).isEqualTo("1 PLANNED 9, 1 SUPERSEDED 1");
  }

  @Test
  void onlyTheModulesThatAreBehindAreAddressed() {
    Samples.register(store, "c", "maps", "SCHEDULED", 50, Samples.ALL);
    plan("c", 10L);
    prepare("c");

    List<Long> targets =
        store.read(
            db ->
                db.text("select count(*) from manifest_target group by vin order by vin")
                    .query(Long.class)
                    .list());

    assertThat(targets).containsExactly(2L, 2L, 2L, 2L, 2L, 1L, 1L, 1L, 1L, 1L);
  }

  @Test
  void vehiclesThatBecomeEligibleLaterJoinTheLastWave() {
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
    plan("c", 3L, 7L);
    land(store, "new.csv", vehicle(2, "NEW", "ASTER", "DE", T1), ecu(3, "NEW", "ABS", "2.0.0", T1));
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);

    assertThat(Waves.refresh(store, "c", Membership.OPEN, Fleet.NOW)).isEqualTo(1);
    assertThat(states("c")).isEqualTo("1 PLANNED 3, 2 PLANNED 8");
  }

  @Test
  void withFixedMembershipNobodyJoinsLater() {
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
    plan("c", 3L, 7L);
    land(store, "new.csv", vehicle(2, "NEW", "ASTER", "DE", T1), ecu(3, "NEW", "ABS", "2.0.0", T1));
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);

    assertThat(Waves.refresh(store, "c", Membership.FIXED, Fleet.NOW)).isZero();
    assertThat(states("c")).isEqualTo("1 PLANNED 3, 2 PLANNED 7");
  }

  @Test
  void onADayNoMoreAreIssuedThanTheRateAllows() {
    String rate =
        """
        ,"rate":{"vehiclesPerDay":3,"growing":{"factor":2,"every":3,"max":100}}""";
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL + rate);
    plan("c", 10L);

    assertThat(prepare("c")).isEqualTo(3);
    assertThat(prepare("c")).as("the same day").isZero();
    finish("INSTALLED");
    assertThat(prepareADayLater(1)).as("it has grown").isEqualTo(6);
    finish("FAILED");
    assertThat(prepareADayLater(2)).as("the last one").isEqualTo(1);
  }

  /** It is noon at the beginning, by the clocks of the calendar. */
  @Test
  void inAnHourAndInANightNoMoreAreIssuedThanTheRateAllows() {
    String rate = ",\"rate\":{\"vehiclesPerHour\":2,\"vehiclesPerNight\":5}";
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL + rate);
    plan("c", 10L);

    assertThat(prepareAfter(Duration.ZERO)).isEqualTo(2);
    assertThat(prepareAfter(Duration.ofMinutes(59))).as("within the hour").isZero();
    assertThat(prepareAfter(Duration.ofMinutes(60))).isEqualTo(2);
    assertThat(prepareAfter(Duration.ofHours(23))).as("what the night leaves").isEqualTo(1);
    assertThat(prepareAfter(Duration.ofHours(24).minusSeconds(1))).as("still the night").isZero();
    assertThat(prepareAfter(Duration.ofHours(24))).as("the next night").isEqualTo(2);
  }

  private int prepareAfter(Duration time) {
    Instant noon = Fleet.NOW.atZone(ZoneOffset.UTC).with(LocalTime.NOON).toInstant();
    Instant now = noon.plus(time);
    return Fleet.prepare(store, "c", Fleet.MATCHING, ZoneOffset.UTC, Fleet.packing(2), now);
  }

  /** The owner is asked up to the 30th day, and the vehicle has its seven days from then on. */
  @Test
  void aVehicleThatWaitsForItsOwnerIsNotSilentAndItsManifestHolds() {
    Instant from = Fleet.NOW.plus(Duration.ofDays(30));
    Samples.register(
        store,
        "c",
        "brakes",
        "SCHEDULED",
        50,
        Samples.ALL + ",\"consent\":{\"mode\":\"FORCED_AFTER\",\"from\":\"" + from + "\"}");
    Samples.register(store, "d", "maps", "SCHEDULED", 40, Samples.ALL);
    plan("c", 3L, 7L);
    plan("d", 10L);

    for (String campaign : List.of("c", "d")) {
      prepare(campaign);
      Issuing.shards(store, List.of(campaign))
          .forEach(s -> Issuing.markIssued(store, s, "00", List.of("k"), Fleet.NOW));
    }

    assertThat(days("a.campaign = 'c'")).containsExactly("37 37");
    assertThat(days("a.campaign = 'd' and m.version = 1")).containsExactly("7 30");
    assertThat(days("a.campaign = 'd' and m.version = 2"))
        .as("what it carries holds as long as before")
        .containsExactly("7 37");
  }

  /** The deadlines and expiries of what was issued, in days from now. */
  private List<String> days(String which) {
    return store.read(
        db ->
            db.text(
                    "select distinct date_diff('day', :now, a.deadline_at) || ' '"
                        + " || date_diff('day', :now, m.expires_at) from assignment a"
                        + " join manifest m using (campaign, vin) where "
                        + which)
                .param("now", Db.utc(Fleet.NOW))
                .query(String.class)
                .list());
  }

  private void finish(String state) {
    Issuing.shards(store, List.of("c"))
        .forEach(shard -> Issuing.markIssued(store, shard, "00", List.of("k"), Fleet.NOW));
    store.transaction(
        db ->
            db.text("update assignment set state = :state where state = 'ISSUED'")
                .param("state", state)
                .update());
  }

  private int prepareADayLater(int days) {
    Instant now = Fleet.NOW.plus(Duration.ofDays(days));
    return Fleet.prepare(store, "c", Fleet.MATCHING, ZoneOffset.UTC, Fleet.packing(2), now);
  }

  @Test
  void theSameManifestsComeInWhateverShards() {
    Samples.register(store, "c", "maps", "SCHEDULED", 50, Samples.ALL);
    plan("c", 4L, 6L);
    prepare("c");
    List<ShardContent.Request> small = requests();
    assertThat(Issuing.shards(store, List.of("c"))).hasSize(2);
    store.transaction(
        db -> {
          db.text("delete from manifest").update();
          db.text("delete from manifest_target").update();
        });

    Fleet.prepare(store, "c", Fleet.MATCHING, ZoneOffset.UTC, Fleet.packing(1_000), Fleet.NOW);

    assertThat(Issuing.shards(store, List.of("c"))).hasSize(1);
    assertThat(requests()).isEqualTo(small).hasSize(4);
  }

  private List<ShardContent.Request> requests() {
    return Issuing.shards(store, List.of("c")).stream()
        .flatMap(shard -> ShardContent.of(store, shard).requests().stream())
        .toList();
  }

  private List<String> waitingFor(String campaign) {
    return store.read(
        db ->
            db.text("select waiting_for from assignment where campaign = :c and state = 'WAITING'")
                .param("c", campaign)
                .query(String.class)
                .list());
  }
}
