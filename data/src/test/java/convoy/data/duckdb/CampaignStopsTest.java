package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.delivery.OutboxFile;
import convoy.data.delivery.OutboxPath;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pausing, resuming and aborting does to manifests, assignments and other campaigns. */
class CampaignStopsTest extends StoreTest {
  /** Ten vehicles that both campaigns want; the first one goes first and has prepared six. */
  @BeforeEach
  void fill() {
    Fleet.landTen(store);
    Samples.register(store, "first", "brakes", "IMMEDIATE", 50, Samples.ALL);
    Samples.register(store, "second", "brakes", "SCHEDULED", 50, Samples.ALL);
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    Waves.plan(store, "first", List.of("one", "two"), List.of(6L, 4L), Fleet.NOW);
    Waves.plan(store, "second", List.of("all"), List.of(10L), Fleet.NOW);
    Waves.settleCompetition(store, Fleet.NOW);
    assertThat(prepare("first")).isEqualTo(6);
    Issuing.markIssued(store, new Issuing.Shard("first", 1, 0, 2), "00", List.of("k"), Fleet.NOW);
  }

  private int prepare(String campaign) {
    return Fleet.prepare(
        store, campaign, Fleet.MATCHING, ZoneOffset.UTC, Fleet.packing(2), Fleet.NOW);
  }

  private String ask(ControlAct act, String campaign) {
    return ControlRequests.carryOut(
        store, ControlRequest.of(act, campaign, "bob", "smoke", Fleet.NOW), List.of(), Fleet.NOW);
  }

  private List<String> rows(String sql) {
    return store.read(db -> db.text(sql).query(String.class).list());
  }

  private List<String> states(String campaign) {
    return Waves.states(store, campaign).stream()
        .map(c -> c.wave() + " " + c.state() + " " + c.vehicles())
        .toList();
  }

  @Test
  void pausedItKeepsWhatWasIssuedAndItsOtherVehiclesAreFree() {
    assertThat(states("second")).containsExactly("1 PLANNED 4", "1 WAITING 6");

    assertThat(ask(ControlAct.PAUSE, "first"))
        .isEqualTo("first: paused by bob: smoke; 2 manifests were issued, 4 prepared ones dropped");

    assertThat(states("first")).containsExactly("1 ISSUED 2", "1 PLANNED 4", "2 PLANNED 4");
    assertThat(rows("select wave || ' ' || state from wave where campaign = 'first' order by 1"))
        .containsExactly("1 HALTED", "2 PLANNED");
    assertThat(rows("select distinct state from manifest")).containsExactly("ISSUED");
    assertThat(rows("select vin from manifest_target")).hasSize(2);
    Waves.settleCompetition(store, Fleet.NOW);
    assertThat(states("second")).containsExactly("1 PLANNED 8", "1 WAITING 2");
    assertThat(prepare("second")).isEqualTo(8);
    assertThat(rows("select max(version)::varchar from manifest where campaign = 'second'"))
        .as("the versions that were dropped are not used again")
        .containsExactly("2");
    assertThat(AuditLog.fault(AuditLog.lines(store))).isEmpty();
    assertThat(
            rows("select act from audit_log where who = 'bob' and subject = 'first' order by seq"))
        .containsExactly("CAMPAIGN_PAUSED", "MANIFESTS_DROPPED");
  }

  @Test
  void resumedItPreparesTheRestUnderNewVersionsAndShards() {
    ask(ControlAct.PAUSE, "first");

    assertThat(ask(ControlAct.RESUME, "first"))
        .isEqualTo(
            "first: resumed by bob: smoke, now RUNNING; it was PAUSED: paused by bob: smoke");

    assertThat(prepare("first")).isEqualTo(4);
    assertThat(Issuing.shards(store, List.of("first")))
        .containsExactly(new Issuing.Shard("first", 1, 3, 2), new Issuing.Shard("first", 1, 4, 2));
    assertThat(rows("select distinct version::varchar from manifest where state = 'PREPARED'"))
        .containsExactly("2");
    assertThat(rows("select released_at is null or closed_at is not null from wave where wave = 1"))
        .containsOnly("false");
  }

  @Test
  void abortedItEndsWhatWasNotIssued() {
    assertThat(ask(ControlAct.ABORT, "first"))
        .isEqualTo(
            "first: aborted by bob: smoke; 2 manifests were issued, 4 prepared ones dropped");

    assertThat(states("first")).containsExactly("1 CANCELLED 4", "1 ISSUED 2", "2 CANCELLED 4");
    assertThat(prepare("first")).isZero();
    assertThatThrownBy(() -> ask(ControlAct.RESUME, "first"))
        .hasMessage("campaign first is ABORTED, expected PAUSED");
    assertThatThrownBy(() -> ask(ControlAct.PAUSE, "first"))
        .hasMessage("campaign first is ABORTED, expected APPROVED or RUNNING");
    assertThat(rows("select act from control_request")).containsExactly("ABORT");
  }

  @Test
  void aCampaignThatWaitsForAnotherWaitsNoLongerOncePaused() {
    ask(ControlAct.PAUSE, "second");
    assertThat(states("second")).containsExactly("1 PLANNED 10");
    assertThat(rows("select waiting_for from assignment where waiting_for is not null")).isEmpty();
  }

  @Test
  void theStatusOfACampaignSaysWhereItStandsAndWhoWaits() {
    CampaignStatus status = CampaignStatuses.of(store, "first", "/share", Fleet.NOW);
    assertThat(status.next()).isEqualTo("the gate of wave 1 decides after the next reconciliation");
    assertThat(status.manifests()).isEqualTo(new CampaignStatus.Manifests(2, 0, 2, 4, 0, 0, 0));
    assertThat(status.waiting()).containsExactly(new CampaignStatus.Waiting("second", "first", 6));
    assertThat(status.waves().get(0).vehicles())
        .containsExactly(
            new CampaignStatus.Vehicles("ISSUED", 2), new CampaignStatus.Vehicles("PLANNED", 4));

    ask(ControlAct.PAUSE, "first");
    status = CampaignStatuses.of(store, "first", "/share", Fleet.NOW);
    assertThat(status.state() + " " + status.by()).isEqualTo("PAUSED bob");
    assertThat(status.manifests()).isEqualTo(new CampaignStatus.Manifests(2, 0, 2, 0, 4, 0, 0));
    assertThat(IssuedManifests.of(store, "first", "/share"))
        .hasSize(2)
        .allSatisfy(m -> assertThat(m.state() + " " + m.version()).isEqualTo("ISSUED 1"));
    assertThatThrownBy(() -> CampaignStatuses.of(store, "frist", "", Fleet.NOW))
        .hasMessage("campaign 'frist': found none of that id, expected one such as 'first'");
  }

  @ParameterizedTest
  @CsvSource({"first, 1, 0", "a-1.b, 0, 12", "c, 12, 99999"})
  void aShardHasOnePathInJavaAndInSql(String campaign, int wave, int shard) {
    assertThat(rows("select shard_path('%s', %d, %d)".formatted(campaign, wave, shard)))
        .containsExactly(OutboxPath.shard(campaign, wave, shard).text());
    assertThat(OutboxPath.shard(campaign, wave, shard).campaign()).contains(campaign);
  }

  @Test
  void aManifestIsPublishedWhereItsShardWasPublished() {
    String shard =
        rows("select distinct shard::varchar from manifest where state = 'ISSUED'").get(0);
    OutboxFile file =
        new OutboxFile(
            new OutboxPath("director/campaign=first/wave=1/shard-0000" + shard + ".zip"),
            1_234,
            Fleet.NOW);
    Instant published = Fleet.NOW.plusSeconds(60);
    PublishedFiles.record(store, "/share", file, "ab".repeat(32), published);

    assertThat(CampaignStatuses.of(store, "first", "/share", Fleet.NOW).manifests())
        .isEqualTo(new CampaignStatus.Manifests(2, 2, 2, 4, 0, 0, 0));
    assertThat(CampaignStatuses.of(store, "first", "/other", Fleet.NOW).manifests().published())
        .isZero();
    assertThat(IssuedManifests.of(store, "first", "/share"))
        .extracting(IssuedManifests.Issued::publishedAt)
        .containsExactly(published, published);
    assertThat(IssuedManifests.of(store, "first", "/other"))
        .extracting(IssuedManifests.Issued::publishedAt)
        .containsOnlyNulls();
    assertThat(rows("select subject || ' ' || after from audit_log where act = 'FILE_PUBLISHED'"))
        .containsExactly(file.path().text() + " to /share: 1,234 bytes, sha256 " + "ab".repeat(32));
  }
}
