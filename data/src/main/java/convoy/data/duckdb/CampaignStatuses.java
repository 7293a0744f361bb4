package convoy.data.duckdb;

import convoy.data.campaign.OwnerTerms;
import convoy.data.campaign.PlannedEnd;
import convoy.data.campaign.RollbackRule;
import convoy.data.campaign.Start;
import convoy.data.duckdb.CampaignStatus.Act;
import convoy.data.duckdb.CampaignStatus.Decision;
import convoy.data.duckdb.CampaignStatus.End;
import convoy.data.duckdb.CampaignStatus.Manifests;
import convoy.data.duckdb.CampaignStatus.Refused;
import convoy.data.duckdb.CampaignStatus.Request;
import convoy.data.duckdb.CampaignStatus.Vehicles;
import convoy.data.duckdb.CampaignStatus.Waiting;
import convoy.data.duckdb.CampaignStatus.Wave;
import convoy.data.error.ConvoyException;
import convoy.data.status.CampaignNextStep;
import convoy.data.status.CampaignState;
import convoy.data.status.GateDecision;
import convoy.data.status.WaveState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads where campaigns stand. */
public final class CampaignStatuses {
  private static final int MOST = 8;

  private CampaignStatuses() {}

  /**
   * Where the campaign stands.
   *
   * @param destination where its manifests are published to
   * @throws ConvoyException USAGE when there is none of that id
   */
  public static CampaignStatus of(FleetStore store, String id, String destination, Instant now) {
    Campaigns.Campaign c = Campaigns.require(store, id);
    return store.read(db -> read(db, c, destination, now));
  }

  private static CampaignStatus read(Db db, Campaigns.Campaign c, String destination, Instant now) {
    List<Wave> waves = waves(db, c.id());
    List<Act> acts = acts(db, c.id());
    boolean isManual = CampaignStops.isManual(db, c.id());
    Instant startedAt =
        db.text("select started_at from campaign_start where campaign = :campaign")
            .param("campaign", c.id())
            .query((row, i) -> time(row, "started_at"))
            .optional()
            .orElse(null);
    CampaignEnds.Ended ended = CampaignEnds.of(db, c.id()).orElse(null);
    String next =
        CampaignNextStep.of(
            c.id(),
            CampaignState.valueOf(c.state()),
            c.author(),
            isManual && startedAt == null,
            ended != null,
            waves.stream()
                .map(w -> new CampaignNextStep.Wave(w.wave(), WaveState.valueOf(w.state())))
                .toList());
    Eligibility.Counts counts = Eligibility.counts(db, c.id());
    return new CampaignStatus(
        c.id(),
        c.title(),
        c.state(),
        c.stateReason(),
        db.text("select state_at from campaign where campaign = :campaign")
            .param("campaign", c.id())
            .query((row, i) -> time(row, "state_at"))
            .single(),
        by(db, c),
        next,
        c.updateName(),
        c.updateVersion(),
        c.author(),
        c.urgency(),
        c.priority(),
        (isManual ? Start.MANUAL : Start.AUTOMATIC).name(),
        startedAt,
        OwnerTerms.of(c.definition()),
        RollbackRule.of(c.definition()),
        counts.fleet() == 0 ? null : counts,
        end(c, ended),
        waves,
        decisions(db, c.id()),
        manifests(db, c.id(), destination, now),
        waiting(db, c.id()),
        refused(db, c.id()),
        requests(db, c.id()),
        acts);
  }

  private static @Nullable End end(Campaigns.Campaign c, CampaignEnds.@Nullable Ended ended) {
    PlannedEnd planned = PlannedEnd.of(c.definition()).orElse(null);
    if (planned == null) {
      return null;
    }
    return new End(
        planned.when(),
        planned.then().name(),
        ended == null ? null : ended.at(),
        ended == null ? 0 : ended.cancelled(),
        ended == null ? 0 : ended.withdrawn());
  }

  private static @Nullable String by(Db db, Campaigns.Campaign c) {
    return db.text(
            "select who from audit_log where subject = :campaign and act = :act order by seq desc limit 1")
        .param("campaign", c.id())
        .param("act", "CAMPAIGN_" + c.state())
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private static List<Wave> waves(Db db, String campaign) {
    List<Wave> waves = new ArrayList<>();
    db.sql("campaign/waves")
        .param("campaign", campaign)
        .query(
            row -> {
              int number = row.getInt("wave");
              if (waves.isEmpty() || waves.get(waves.size() - 1).wave() != number) {
                waves.add(
                    new Wave(
                        number,
                        row.getString("name"),
                        row.getString("state"),
                        Db.instant(row, "released_at"),
                        Db.instant(row, "closed_at"),
                        row.getLong("accepted"),
                        new ArrayList<>()));
              }
              String state = row.getString("assignment_state");
              if (state != null) {
                waves
                    .get(waves.size() - 1)
                    .vehicles()
                    .add(new Vehicles(state, row.getLong("vehicles")));
              }
            });
    return waves;
  }

  private static List<Decision> decisions(Db db, String campaign) {
    return db.sql("campaign/decisions")
        .param("campaign", campaign)
        .query(
            (row, i) ->
                new Decision(
                    row.getInt("wave"),
                    time(row, "decided_at"),
                    row.getString("verdict"),
                    row.getString("explanation"),
                    row.getLong("total"),
                    row.getLong("installed"),
                    row.getLong("failed"),
                    row.getLong("silent"),
                    row.getLong("declined"),
                    Db.instant(row, "success_since"),
                    row.getString("worst_group") == null
                        ? null
                        : new GateDecision.WorstGroup(
                            row.getString("worst_group"),
                            row.getLong("worst_failures"),
                            row.getLong("worst_outcomes"))))
        .list();
  }

  private static Manifests manifests(Db db, String campaign, String destination, Instant now) {
    return db.sql("campaign/manifests")
        .param("campaign", campaign)
        .param("destination", destination)
        .param("now", Db.utc(now))
        .query(
            (row, i) ->
                new Manifests(
                    row.getLong("issued"),
                    row.getLong("published"),
                    row.getLong("still_open"),
                    row.getLong("prepared"),
                    row.getLong("dropped"),
                    row.getLong("withdrawn"),
                    row.getLong("withdrawing")))
        .single();
  }

  private static List<Waiting> waiting(Db db, String campaign) {
    return db.sql("campaign/waiting")
        .param("campaign", campaign)
        .query(
            (row, i) ->
                new Waiting(
                    row.getString("campaign"),
                    row.getString("waiting_for"),
                    row.getLong("vehicles")))
        .list();
  }

  private static List<Refused> refused(Db db, String campaign) {
    return db.sql("campaign/refused")
        .param("campaign", campaign)
        .query(
            (row, i) ->
                new Refused(
                    row.getString("state"), row.getString("reason"), row.getLong("vehicles")))
        .list();
  }

  private static List<Request> requests(Db db, String campaign) {
    return db.sql("campaign/requests")
        .param("campaign", campaign)
        .param("most", MOST)
        .query(
            (row, i) ->
                new Request(
                    row.getString("act"),
                    row.getString("who"),
                    row.getString("reason"),
                    time(row, "asked_at"),
                    time(row, "done_at"),
                    row.getString("refusal")))
        .list();
  }

  private static List<Act> acts(Db db, String campaign) {
    return db.sql("campaign/acts")
        .param("campaign", campaign)
        .param("most", MOST)
        .query(
            (row, i) ->
                new Act(
                    row.getLong("seq"),
                    time(row, "acted_at"),
                    row.getString("who"),
                    row.getString("act"),
                    row.getString("after")))
        .list();
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(Db.instant(row, column));
  }
}
