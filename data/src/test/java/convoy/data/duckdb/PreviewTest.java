package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.PlanRules;
import convoy.data.campaign.WavePlan;
import convoy.data.campaign.WaveRule;
import convoy.data.io.FileDigest;
import convoy.data.preview.CampaignPreview;
import convoy.data.preview.PreviewChange;
import convoy.data.preview.PreviewSubject;
import convoy.data.vehicle.CheckedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preview against what the jobs then really do. */
class PreviewTest {
  private static final FleetStore.Options WRITES = new FleetStore.Options("1GB", 2, false);
  @TempDir static Path made;
  @TempDir Path folder;
  private FleetStore store;

  private static final String T1 = "2026-10-01T10:00:00Z";
  private static final String WAVES =
      ",\"waves\":[{\"name\":\"canary\",\"size\":\"8\"},{\"name\":\"all\",\"size\":\"rest\"}],\"membership\":\"OPEN\"";

  @BeforeAll
  static void make() {
    try (FleetStore store = Fleet.open(made)) {
      fill(store);
    }
  }

  @BeforeEach
  void open() throws IOException {
    Path copy = folder.resolve("fleet.duckdb");
    Files.copy(made.resolve("fleet.duckdb"), copy);
    store = FleetStore.open(copy, WRITES);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Brakes run, with open manifests; maps are to be planned. */
  private static void fill(FleetStore store) {
    List<CheckedRow> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String vin = "V%02d".formatted(i);
      String region = List.of("DE", "DE", "FR", "NO").get(i % 4);
      rows.add(Fleet.vehicle(i, vin, i % 3 == 0 ? "ASTER" : "BREVIK", region, T1));
      rows.add(Fleet.ecu(100 + i, vin, "ABS", i % 2 == 0 ? "2.0.3" : "2.1.0", T1));
      rows.add(Fleet.ecu(200 + i, vin, "GATEWAY", i % 5 == 0 ? "2.0.0" : "1.5.0", T1));
      rows.add(Fleet.ecu(300 + i, vin, "INFOTAINMENT", i % 7 == 0 ? "7.0.0" : "5.5.0", T1));
    }
    Fleet.land(store, "fleet.csv", rows.toArray(CheckedRow[]::new));
    Images.stored(
        store, new FileDigest(10, "aa", "bb"), new FileDigest(300, "cc", "dd"), Fleet.NOW);
    Samples.register(store, "brakes", "brakes", "SCHEDULED", 50, Samples.ALL + WAVES);
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    plan(store, "brakes");
    Fleet.prepare(store, "brakes", Fleet.MATCHING, ZoneOffset.UTC, Fleet.packing(5), Fleet.NOW);
    Definitions.registerUpdate(store, "maps", "1.0.0", Samples.MAPS, Fleet.NOW);
    // Came after the last matching.
    Fleet.land(
        store,
        "later.csv",
        Fleet.ecu(1, "V01", "GATEWAY", "3.0.0", "2026-10-20T10:00:00Z"),
        Fleet.vehicle(2, "NEW", "ASTER", "DE", T1),
        Fleet.ecu(3, "NEW", "GATEWAY", "1.0.0", T1),
        Fleet.ecu(4, "NEW", "INFOTAINMENT", "6.0.0", T1));
  }

  private void plan(String campaign) {
    plan(store, campaign);
  }

  private static void plan(FleetStore store, String campaign) {
    Campaigns.Campaign found = Campaigns.find(store, campaign).orElseThrow();
    List<WaveRule> waves = PlanRules.of(found.definition()).waves();
    Waves.plan(
        store,
        campaign,
        waves.stream().map(WaveRule::name).toList(),
        WavePlan.sizes(waves, Waves.eligible(store, campaign)),
        Fleet.NOW);
    Waves.settleCompetition(store, Fleet.NOW);
  }

  private static PreviewSubject maps(String audience) {
    return new PreviewSubject(
        "maps", Samples.campaign("maps", "maps", "SCHEDULED", 50, audience + WAVES), Map.of());
  }

  private CampaignPreview preview(PreviewSubject subject) {
    return Previews.of(store, subject, Fleet.MATCHING, Fleet.NOW);
  }

  private List<String> rows(String sql) {
    return store.read(db -> db.text(sql).query(String.class).list());
  }

  private List<String> everything() {
    return rows("select table_name from duckdb_tables() where not temporary order by all").stream()
        .map(
            table ->
                table
                    + rows(
                        "select md5(string_agg(t::varchar, '|' order by t::varchar)) from "
                            + table
                            + " t"))
        .toList();
  }

  @Test
  void itSaysExactlyWhatTheRunThenDoes() {
    Samples.register(store, "maps", "maps", "SCHEDULED", 50, Samples.ALL + WAVES);
    CampaignPreview preview = preview(maps(Samples.ALL));

    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    plan("maps");

    Eligibility.Counts counts = Eligibility.counts(store, "maps");
    assertThat(List.of(preview.eligible(), preview.ineligible(), preview.unknown()))
        .isEqualTo(List.of(counts.eligible(), counts.ineligible(), counts.unknown()));
    assertThat(
            preview.causes().stream().map(c -> c.verdict() + " " + c.reason() + " " + c.vehicles()))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            rows(
                "select concat_ws(' ', verdict, reason, vehicles) from eligibility_count"
                    + " where campaign = 'maps' and reason <> ''"));
    assertThat(
            preview.parts().stream()
                .map(p -> "%d %s %s %d".formatted(p.wave(), p.region(), p.model(), p.vehicles())))
        .isEqualTo(
            rows(
                "select concat_ws(' ', wave, region, model, count(*)) from assignment join vehicle using (vin)"
                    + " where campaign = 'maps' group by wave, region, model order by wave, region, model"));
    assertThat(
            preview.waves().stream()
                .map(w -> "%d %d %d".formatted(w.wave(), w.vehicles(), w.waiting())))
        .isEqualTo(
            rows(
                "select concat_ws(' ', wave, count(*), count(waiting_for)) from assignment where campaign = 'maps'"
                    + " group by wave order by wave"));
    assertThat(rows("select after from audit_log where act = 'WAVES_PLANNED' and subject = 'maps'"))
        .containsExactly("plan " + preview.plan());
    assertThat(preview.digest()).isEqualTo(Campaigns.find(store, "maps").orElseThrow().digest());
  }

  @Test
  void theBytesAreThoseOfTheManifests() {
    Samples.register(store, "maps", "maps", "SCHEDULED", 50, Samples.ALL + WAVES);
    CampaignPreview preview = preview(maps(Samples.ALL));
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    store.transaction(
        db -> {
          db.text("delete from manifest").update();
          db.text("delete from manifest_target").update();
          db.text("delete from assignment").update();
        });
    plan("maps");
    store.transaction(db -> db.text("update wave set state = 'RELEASED'").update());

    Fleet.prepare(store, "maps", Fleet.MATCHING, ZoneOffset.UTC, Fleet.packing(100), Fleet.NOW);

    assertThat(
            Issuing.shards(store, List.of("maps")).stream()
                .map(shard -> ShardContent.of(store, shard))
                .mapToLong(PreviewTest::bytes)
                .sum())
        .isEqualTo(preview.bytes())
        .isPositive();
  }

  /** Those of the one image, for each ECU that gets it. */
  private static long bytes(ShardContent content) {
    assertThat(content.terms().values())
        .flatExtracting(ShardContent.Terms::images)
        .extracting(image -> image.encrypted().length())
        .containsOnly(300L);
    return content.requests().stream().mapToLong(r -> 300L * r.ecus().size()).sum();
  }

  @Test
  void itChangesNothing() {
    List<String> before = everything();

    preview(maps(Samples.ALL));
    Previews.change(
        store,
        maps(Samples.ALL),
        maps(Samples.audience("[\"DE\"]", "[]", "[]")),
        Fleet.MATCHING,
        Fleet.NOW);

    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void itWorksWhereTheStoreIsOpenedToReadOnly() {
    CampaignPreview writable = preview(maps(Samples.ALL));
    store.close();
    store = FleetStore.open(folder.resolve("fleet.duckdb"), new FleetStore.Options("1GB", 1, true));

    assertThat(preview(maps(Samples.ALL))).isEqualTo(writable);
  }

  @Test
  void competingCampaignsAreNamedWithWhoWaitsForWhom() {
    Samples.register(store, "maps", "maps", "IMMEDIATE", 50, Samples.ALL + WAVES);
    PreviewSubject maps =
        new PreviewSubject(
            "maps", Campaigns.find(store, "maps").orElseThrow().definition(), Map.of());

    List<CampaignPreview.Conflict> conflicts = preview(maps).conflicts();
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    plan("maps");

    assertThat(conflicts)
        .containsExactly(
            new CampaignPreview.Conflict(
                "brakes",
                "RUNNING",
                false,
                null,
                count("a.vin in (select vin from assignment where campaign = 'brakes')"),
                count("a.vin in (select vin from manifest)"),
                count("a.waiting_for = 'brakes'"),
                count("a.vin in (select vin from assignment where waiting_for = 'maps')")));
    assertThat(conflicts.get(0).waitForIt() + conflicts.get(0).waitForThis())
        .as("they change other ECUs")
        .isZero();
    assertThat(conflicts.get(0).openManifests()).isPositive();
    assertThat(conflicts.get(0).vehicles()).isGreaterThan(conflicts.get(0).openManifests());
  }

  private long count(String which) {
    return Long.parseLong(
        rows("select count(*) from assignment a where campaign = 'maps' and " + which).get(0));
  }

  @Test
  void vehiclesThatCouldNotBeTakenBackAreCounted() {
    CampaignPreview preview = preview(maps(Samples.ALL + ",\"rate\":{\"vehiclesPerDay\":10}"));

    assertThat(preview.withoutWayBack())
        .as("nothing is registered that leads to 1.5.0 or 5.5.0")
        .isEqualTo(preview.eligible());
    assertThat(preview.days())
        .as("8, then 10 a day")
        .isEqualTo(1 + (preview.eligible() - 8 + 9) / 10);
  }

  @Test
  void anEditedCampaignSaysWhoJoinsWhoLeavesAndWhy() {
    PreviewSubject germany = maps(Samples.audience("[\"DE\"]", "[]", "[]"));
    PreviewSubject asters = maps(Samples.audience("[]", "[\"ASTER\"]", "[]"));

    PreviewChange change = Previews.change(store, germany, asters, Fleet.MATCHING, Fleet.NOW);

    assertThat(change.before()).isEqualTo(preview(germany));
    assertThat(change.after()).isEqualTo(preview(asters));
    assertThat(change.after().eligible() - change.before().eligible())
        .isEqualTo(change.joining() - change.leaving());
    assertThat(change.causes())
        .extracting(c -> c.direction() + " " + c.reason() + " " + c.vehicles())
        .containsExactly(
            "JOIN REGION_RESTRICTED " + change.joining(),
            "LEAVE NOT_IN_AUDIENCE " + change.leaving());
    assertThat(change.causes()).allSatisfy(c -> assertThat(c.sampleVins()).hasSize(5));
    assertThat(change.joining()).isPositive();
    assertThat(change.moves()).isNotEmpty();
  }
}
