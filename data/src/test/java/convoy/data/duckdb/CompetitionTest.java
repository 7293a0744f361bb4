package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.eligibility.Standing.Assigned;
import convoy.data.preview.CampaignPreview;
import convoy.data.preview.PreviewSubject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which campaigns compete for a vehicle, by what their updates change and ask for. */
class CompetitionTest extends StoreTest {
  private static final String T1 = "2026-10-01T10:00:00Z";
  private static final String VIN = "WVWZZZ1JZXW000001";
  private static final String WAVES =
      ",\"waves\":[{\"name\":\"all\",\"size\":\"rest\"}],\"membership\":\"OPEN\"";

  /** Of the campaigns that are registered next. */
  private String rate = "";

  @BeforeEach
  void fill() {
    land(store, "v.csv", vehicle(2, VIN, "ASTER", "DE", T1));
    land(
        store,
        "e.csv",
        ecu(2, VIN, "ABS", "1.5.0", T1),
        ecu(3, VIN, "GATEWAY", "1.5.0", T1),
        ecu(4, VIN, "INFOTAINMENT", "1.5.0", T1),
        ecu(5, VIN, "TELEMATICS", "1.5.0", T1));
  }

  /**
   * Registers a campaign of an update.
   *
   * @param content what it changes, and after a colon what it asks for: {@code A B: REQUIRES C}
   */
  private void register(String campaign, int priority, String content) {
    List<String> parts = List.of(content.split(": *", -1));
    List<String> targets = new ArrayList<>();
    for (String module : parts.get(0).trim().split(" ", -1)) {
      targets.add(Samples.target(module, targets.size() + 1, "[]", "1.0.0", "2.0.0"));
    }
    String update = Samples.update(campaign, "[]", String.join(",", targets));
    if (parts.size() > 1) {
      List<String> condition = List.of(parts.get(1).trim().split(" ", -1));
      update =
          update.replace(
              "\"conditions\":[]",
              """
              "conditions":[{"kind":"%s","place":1,"module":"%s","range":"*","ranges":[{"low":null,"high":null}]}]"""
                  .formatted(condition.get(0), condition.get(1)));
    }
    Definitions.registerUpdate(store, campaign, "1.0.0", update, Fleet.NOW);
    Definitions.registerCampaign(
        store,
        campaign,
        Samples.campaign(campaign, campaign, "SCHEDULED", priority, Samples.ALL + WAVES + rate),
        Fleet.NOW);
  }

  private void plan(String campaign, int priority, String content) {
    register(campaign, priority, content);
    Samples.approve(store, campaign);
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    Waves.plan(store, campaign, List.of("all"), List.of(1L), Fleet.NOW);
  }

  private String standing(String campaign) {
    Assigned assigned =
        Objects.requireNonNull(
            VehicleHistory.standings(store, VIN).stream()
                .filter(s -> s.campaign().equals(campaign))
                .findFirst()
                .orElseThrow()
                .assignment());
    return assigned.waitingFor() == null
        ? assigned.state().name()
        : "%s for %s over %s"
            .formatted(assigned.state(), assigned.waitingFor(), assigned.waitingOver());
  }

  @Test
  void campaignsTouchWhereOneChangesAModuleThatTheOtherChangesOrAsksFor() {
    List<String> pairs =
        List.of(
            "ABS | ABS | ABS",
            "ABS | GATEWAY | -",
            "ABS GATEWAY | GATEWAY INFOTAINMENT | GATEWAY",
            "ABS GATEWAY | INFOTAINMENT TELEMATICS | -",
            "ABS: REQUIRES GATEWAY | GATEWAY | GATEWAY",
            "ABS | GATEWAY: REQUIRES ABS | ABS",
            "ABS: CONFLICTS GATEWAY | GATEWAY | GATEWAY",
            "ABS | GATEWAY: CONFLICTS ABS | ABS",
            "ABS: REQUIRES TELEMATICS | GATEWAY: REQUIRES TELEMATICS | -",
            "ABS: CONFLICTS TELEMATICS | GATEWAY: REQUIRES TELEMATICS | -",
            "ABS GATEWAY | GATEWAY ABS | ABS, GATEWAY",
            "ABS: REQUIRES GATEWAY | GATEWAY: REQUIRES ABS | ABS, GATEWAY");
    for (int i = 0; i < pairs.size(); i++) {
      List<String> pair = List.of(pairs.get(i).split(" \\| ", -1));
      register("a" + i, 60, pair.get(0));
      register("b" + i, 50, pair.get(1));
    }

    Map<String, String> touching =
        store.read(
            db -> {
              Map<String, String> found = new TreeMap<>();
              db.sql("plan/touching")
                  .query(
                      row -> {
                        found.put(
                            row.getString("campaign") + " " + row.getString("other"),
                            row.getString("modules"));
                      });
              return found;
            });

    for (int i = 0; i < pairs.size(); i++) {
      String over = pairs.get(i).replaceAll(".* \\| ", "");
      assertThat(touching.getOrDefault("a%1$d b%1$d".formatted(i), "-"))
          .as(pairs.get(i))
          .isEqualTo(over);
      assertThat(touching.getOrDefault("b%1$d a%1$d".formatted(i), "-"))
          .as("the other way round: " + pairs.get(i))
          .isEqualTo(over);
    }
  }

  @Test
  void twoModulesThatAreOneEcuAreNotUnderWayTogether() {
    plan("first", 60, "ABS");
    plan("second", 50, "GATEWAY");
    store.transaction(
        db -> db.text("update ecu set serial = 'ONE' where module in ('ABS', 'GATEWAY')").update());

    Waves.settleCompetition(store, Fleet.NOW);

    assertThat(standing("second")).isEqualTo("WAITING for first over null");
  }

  /** The preview of a campaign says beforehand what comes of it. */
  @Test
  void aPreviewSaysOverWhichModulesWhoWaitsForWhom() {
    plan("first", 70, "ABS");
    plan("second", 60, "GATEWAY");
    register("third", 50, "GATEWAY INFOTAINMENT");
    List<CampaignPreview.Conflict> conflicts =
        Previews.of(
                store,
                new PreviewSubject(
                    "third", Campaigns.find(store, "third").orElseThrow().definition(), Map.of()),
                Fleet.MATCHING,
                Fleet.NOW)
            .conflicts();

    assertThat(conflicts)
        .containsExactly(
            new CampaignPreview.Conflict("first", "RUNNING", true, null, 1, 0, 0, 0),
            new CampaignPreview.Conflict("second", "RUNNING", true, "GATEWAY", 1, 0, 1, 0));
  }

  @Test
  void aThirdCampaignWaitsForTheOneThatItTouchesAlone() {
    plan("first", 70, "ABS");
    plan("second", 60, "GATEWAY");
    plan("third", 50, "GATEWAY INFOTAINMENT");

    Waves.settleCompetition(store, Fleet.NOW);

    assertThat(standing("second")).isEqualTo("PLANNED");
    assertThat(standing("third")).isEqualTo("WAITING for second over GATEWAY");
  }

  private void given(long version, String campaign, String module, @Nullable Long rollback) {
    store.transaction(
        db -> {
          db.text(
                  "insert into manifest values (:vin, :version, :campaign, 1, 1, :version, 'c', :now,"
                      + " :now + interval 30 days, :state, null, null, :rollback)")
              .param("vin", VIN)
              .param("version", version)
              .param("campaign", campaign)
              .param("now", Db.utc(Fleet.NOW))
              .param("state", rollback == null ? "ISSUED" : "PREPARED")
              .param("rollback", rollback)
              .update();
          db.text(
                  "insert into manifest_target select vin, :version, module, serial, hardware_part,"
                      + " '1.0.0', :before, '2.0.0', null, null from ecu where module = :module")
              .param("version", version)
              .param("module", module)
              .param("before", Fleet.key("1.0.0"))
              .update();
        });
  }

  private void state(String campaign, String state) {
    store.transaction(
        db ->
            db.text("update assignment set state = :state where campaign = :campaign")
                .param("state", state)
                .param("campaign", campaign)
                .update());
  }

  @Test
  void anEcuUnderTwoModulesDoesNotGoBackBehindANewerManifestForIt() {
    plan("first", 60, "ABS");
    plan("second", 50, "GATEWAY");
    store.transaction(
        db -> db.text("update ecu set serial = 'ONE' where module in ('ABS', 'GATEWAY')").update());
    given(1, "first", "ABS", null);
    given(2, "second", "GATEWAY", null);
    state("first", "ROLLBACK_DUE");

    Rollbacks.settle(store, new Rollbacks.Scope("first", true, List.of()), Fleet.NOW);

    assertThat(reason("first"))
        .isEqualTo(
            "SERVICE_REQUIRED: it cannot go back: campaign second has given it a newer manifest");
    // With ECUs of their own nothing but an image would be missing.
    store.transaction(
        db -> db.text("update ecu set serial = 'TWO' where module = 'GATEWAY'").update());
    store.transaction(
        db ->
            db.text("update manifest_target set ecu_serial = 'TWO' where module = 'GATEWAY'")
                .update());
    state("first", "ROLLBACK_DUE");
    Rollbacks.settle(store, new Rollbacks.Scope("first", true, List.of()), Fleet.NOW);
    assertThat(reason("first")).contains("no image of ABS 1.0.0 that may be installed");
  }

  private String reason(String campaign) {
    return store.read(
        db ->
            db.text("select state || ': ' || reason from assignment where campaign = :campaign")
                .param("campaign", campaign)
                .query(String.class)
                .single());
  }

  @Test
  void ofTwoCampaignsThatTakeAVehicleBackTheSecondIsDueOnceTheFirstIsWritten() {
    plan("first", 60, "ABS");
    plan("second", 50, "GATEWAY");
    given(1, "first", "ABS", null);
    given(2, "second", "GATEWAY", null);
    state("first", "ROLLBACK_DUE");
    state("second", "ROLLBACK_DUE");
    assertThat(Rollbacks.due(store, Fleet.NOW))
        .containsExactly(new Rollbacks.Due("first", 0, 1), new Rollbacks.Due("second", 0, 1));

    given(3, "first", "ABS", 1L);
    assertThat(Rollbacks.due(store, Fleet.NOW)).isEmpty();

    store.transaction(db -> db.text("update manifest set state = 'ISSUED'").update());
    state("first", "ROLLBACK_ISSUED");
    assertThat(Rollbacks.due(store, Fleet.NOW)).containsExactly(new Rollbacks.Due("second", 0, 1));
  }

  /** Its failure let the other go first, and a late report has it under way again. */
  @Test
  void whatComesUnderWayAgainLateIsNotCarriedBehindACampaignThatTouchesItByARequirementAlone() {
    land(store, "b.csv", ecu(2, VIN, "BCM", "1.5.0", T1));
    plan("free", 90, "BCM");
    plan("first", 80, "ABS: REQUIRES GATEWAY");
    plan("second", 70, "GATEWAY");
    plan("third", 60, "INFOTAINMENT");
    given(1, "free", "BCM", null);
    given(2, "first", "ABS", null);
    given(3, "second", "GATEWAY", null);
    underWay("free", 1);
    underWay("first", 2);
    underWay("second", 3);

    List<String> carried = new ArrayList<>();
    store.transaction(
        db -> {
          Carrying.find(db, "third", "select '%s'".formatted(VIN), Fleet.NOW);
          carried.addAll(
              db.text("select campaign from carry order by campaign").query(String.class).list());
        });

    assertThat(carried).containsExactly("free", "second");
    assertThat(leftOut("free")).isEqualTo(1);
    assertThat(leftOut("first")).isZero();
  }

  private void underWay(String campaign, long version) {
    state(campaign, "IN_PROGRESS");
    store.transaction(
        db ->
            db.text("update assignment set manifest_version = :version where campaign = :campaign")
                .param("version", version)
                .param("campaign", campaign)
                .update());
  }

  /** How many manifests are given anew since newer ones leave them out. */
  private long leftOut(String campaign) {
    return Issuing.resign(
            store,
            campaign,
            Issuing.Resigned.INSTALLING,
            List.of(),
            shard -> Optional.empty(),
            new Issuing.Packing(10, Duration.ofDays(30)),
            Fleet.NOW)
        .leftOut();
  }

  @Test
  void theSecondTurnComesOnceTheFirstIsWrittenAndKeepsToTheRate() {
    plan("first", 60, "ABS");
    rate = ",\"rate\":{\"vehiclesPerDay\":1}";
    plan("second", 50, "GATEWAY");
    assertThat(prepared("first")).isEqualTo(new Issuing.Prepared(1, 0));
    assertThat(prepared("second")).isEqualTo(new Issuing.Prepared(0, 1));
    Issuing.markIssued(store, new Issuing.Shard("first", 1, 0, 1), "aa", List.of("key"), Fleet.NOW);
    // Another vehicle has had what the rate leaves for the day.
    store.transaction(
        db ->
            db.text(
                    "insert into manifest select 'OTHER', 1, 'second', wave, attempt, 9, 'c',"
                        + " issued_at, expires_at, state, null, null, null from manifest")
                .update());

    assertThat(prepared("second")).isEqualTo(new Issuing.Prepared(0, 0));
    store.transaction(db -> db.text("delete from manifest where vin = 'OTHER'").update());
    assertThat(prepared("second")).isEqualTo(new Issuing.Prepared(1, 0));
    List<String> carried =
        store.read(
            db ->
                db.text("select vin || ' ' || version || ' carries ' || of_version from carried")
                    .query(String.class)
                    .list());
    assertThat(carried).containsExactly(VIN + " 2 carries 1");
  }

  /** What is prepared still: a job that was cut off left it, and this one writes it or does not. */
  @Test
  void theSecondTurnIsThatOfAVehicleThatGotItsFirstTogetherWithWhatTheJobWritesStill() {
    plan("left", 70, "INFOTAINMENT");
    plan("first", 60, "ABS");
    plan("second", 50, "GATEWAY");
    store.transaction(
        db ->
            db.text(
                    "insert into manifest values ('OTHER', 1, 'left', 1, 1, 0, 'c', :earlier,"
                        + " :earlier, 'PREPARED', null, null, null)")
                .param("earlier", Db.utc(Fleet.NOW.minus(Duration.ofDays(1))))
                .update());
    state("left", "INSTALLED");
    assertThat(prepared("first")).isEqualTo(new Issuing.Prepared(1, 0));
    Issuing.markIssued(store, new Issuing.Shard("first", 1, 0, 1), "aa", List.of("key"), Fleet.NOW);

    assertThat(prepared("second", "left", "second")).isEqualTo(new Issuing.Prepared(0, 1));
    assertThat(prepared("second", "first", "second")).isEqualTo(new Issuing.Prepared(1, 0));
  }

  private Issuing.Prepared prepared(String campaign, String... unwritten) {
    return Issuing.prepare(
        store,
        campaign,
        Fleet.MATCHING,
        List.of(),
        List.of(unwritten),
        ZoneOffset.UTC,
        new Issuing.Packing(10, Duration.ofDays(30)),
        Fleet.NOW);
  }
}
