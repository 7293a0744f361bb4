package convoy.data.duckdb;

import convoy.data.campaign.OwnerConsent;
import convoy.data.status.AssignmentState;
import convoy.data.status.CampaignState;
import convoy.data.status.CampaignTrigger;
import convoy.data.status.GateDecision;
import convoy.data.status.GateNumbers;
import convoy.data.status.WaveState;
import convoy.data.status.WaveTrigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What follows from the status events that have landed. */
public final class Reconciliation {
  private Reconciliation() {}

  /**
   * One assignment whose events are to be folded again, with all that is known of it.
   *
   * @param campaignState the campaign's state
   * @param attempt the latest issued attempt
   * @param manifestVersion its manifest's version
   * @param definition the campaign's definition, JSON
   * @param consent what its manifests say of the owner
   * @param issued every issued attempt with its manifest version, a JSON array
   * @param targets every module with the keys of the version that its manifests name and of the one
   *     that it had before them, a JSON array
   * @param events all events, a JSON array
   * @param withdrawn why the vehicle left the campaign by a withdrawal; null: it did not
   * @param hasEnded whether the campaign's end has come
   * @param askedBack why a person has it rolled back; null: nobody does
   * @param rollback the issued manifest that takes it back, with its modules, a JSON object; null:
   *     there is none
   */
  public record ToFold(
      String campaign,
      String vin,
      String campaignState,
      int attempt,
      long manifestVersion,
      String definition,
      OwnerConsent consent,
      String issued,
      String targets,
      String events,
      @Nullable String withdrawn,
      boolean hasEnded,
      @Nullable String askedBack,
      @Nullable String rollback) {}

  /** Where an assignment stands after its events were folded. */
  public record Folded(
      String campaign,
      String vin,
      AssignmentState state,
      @Nullable Instant dueAt,
      @Nullable String errorCode,
      @Nullable String failedModule,
      @Nullable String reason) {}

  private static final BulkTable.Definition<Folded> FOLDS =
      new BulkTable.Definition<Folded>("offered_folds")
          .text("campaign", Folded::campaign)
          .text("vin", Folded::vin)
          .text("state", f -> f.state().name())
          .time("due_at", Folded::dueAt)
          .text("error_code", Folded::errorCode)
          .text("failed_module", Folded::failedModule)
          .text("reason", Folded::reason);

  /**
   * The next assignments that wait to be folded, in the order of campaign and VIN.
   *
   * @param afterCampaign only those after this campaign and VIN; empty texts for the first
   */
  public static List<ToFold> next(
      FleetStore store, String afterCampaign, String afterVin, int rows) {
    return store.read(
        db ->
            db.sql("reconcile/to_fold")
                .param("after_campaign", afterCampaign)
                .param("after_vin", afterVin)
                .param("rows", rows)
                .query(
                    (row, i) ->
                        new ToFold(
                            row.getString("campaign"),
                            row.getString("vin"),
                            row.getString("campaign_state"),
                            row.getInt("attempt"),
                            row.getLong("manifest_version"),
                            row.getString("definition"),
                            Campaigns.consent(row),
                            row.getString("issued"),
                            row.getString("targets"),
                            row.getString("events"),
                            row.getString("withdrawn"),
                            row.getBoolean("has_ended"),
                            row.getString("asked_back"),
                            row.getString("rollback")))
                .list());
  }

  /** Takes the new states over and the assignments off the queue, in one transaction. */
  public static void apply(FleetStore store, List<? extends Folded> folds, Instant now) {
    BulkTable<Folded> table = store.bulk(FOLDS);
    store.transaction(
        db ->
            table.offer(
                folds,
                () -> {
                  db.sql("reconcile/apply_folds").param("now", Db.utc(now)).update();
                  db.sql("reconcile/forget_folds").update();
                }));
  }

  /**
   * Marks what was not heard of by its deadline as SILENT, what ran out as EXPIRED, and a rollback
   * that did as SERVICE_REQUIRED.
   *
   * @return how many assignments were marked
   */
  public static int passDeadlines(FleetStore store, Instant now) {
    int[] marked = new int[1];
    store.transaction(
        db -> {
          marked[0] += db.sql("reconcile/expire").param("now", Db.utc(now)).update();
          marked[0] += db.sql("reconcile/expire_rollbacks").param("now", Db.utc(now)).update();
          marked[0] += db.sql("reconcile/silence").param("now", Db.utc(now)).update();
        });
    return marked[0];
  }

  /**
   * A wave with its vehicles by what came of them.
   *
   * @param accepted failed and silent vehicles with which a person resumed the campaign
   */
  public record WaveNumbers(
      String campaign, int wave, String definition, GateNumbers numbers, long accepted) {}

  /** The waves that a gate has to decide on. */
  public static List<WaveNumbers> waves(FleetStore store) {
    return waves(store, CampaignState.RUNNING, WaveState.RELEASED);
  }

  /** The waves that are in that state, of campaigns in that state. */
  public static List<WaveNumbers> waves(
      FleetStore store, CampaignState campaignState, WaveState waveState) {
    record Row(
        String campaign,
        int wave,
        String definition,
        long accepted,
        @Nullable String state,
        long vehicles) {}
    List<Row> rows =
        store.read(
            db ->
                db.sql("reconcile/gate_numbers")
                    .param("campaign_state", campaignState.name())
                    .param("wave_state", waveState.name())
                    .query(
                        (row, i) ->
                            new Row(
                                row.getString("campaign"),
                                row.getInt("wave"),
                                row.getString("definition"),
                                row.getLong("accepted"),
                                row.getString("state"),
                                row.getLong("vehicles")))
                    .list());
    List<WaveNumbers> waves = new ArrayList<>();
    Map<AssignmentState, Long> states = new EnumMap<>(AssignmentState.class);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.state() != null) {
        states.put(AssignmentState.valueOf(row.state()), row.vehicles());
      }
      boolean last =
          i + 1 == rows.size()
              || rows.get(i + 1).wave() != row.wave()
              || !rows.get(i + 1).campaign().equals(row.campaign());
      if (last) {
        waves.add(
            new WaveNumbers(
                row.campaign(),
                row.wave(),
                row.definition(),
                GateNumbers.of(states),
                row.accepted()));
        states.clear();
      }
    }
    return waves;
  }

  /** Keeps a gate's decision and does what it says, in one transaction. */
  public static void carryOut(
      FleetStore store, WaveNumbers wave, GateDecision decision, Instant now) {
    store.transaction(
        db -> {
          GateNumbers n = decision.numbers();
          db.text(
                  "insert into gate_decision values (:campaign, :wave, :now, :verdict, :explanation, :total,"
                      + " :installed, :failed, :silent, :declined)")
              .param("campaign", wave.campaign())
              .param("wave", wave.wave())
              .param("now", Db.utc(now))
              .param("verdict", decision.verdict().name())
              .param("explanation", decision.explanation())
              .param("total", n.total())
              .param("installed", n.installed())
              .param("failed", n.failed())
              .param("silent", n.silent())
              .param("declined", n.declined())
              .update();
          switch (decision.verdict()) {
            case HOLD -> {}
            case ADVANCE -> advance(db, wave, decision.explanation(), now);
            case PAUSE -> stop(db, wave, CampaignTrigger.PAUSE, decision.explanation(), now);
            case ABORT -> stop(db, wave, CampaignTrigger.ABORT, decision.explanation(), now);
          }
        });
  }

  private static void advance(Db db, WaveNumbers wave, String explanation, Instant now) {
    WaveMoves.move(db, wave.campaign(), wave.wave(), WaveTrigger.SUCCEED, now);
    WaveMoves.releaseIfPlanned(db, wave.campaign(), wave.wave() + 1, now);
    AuditLog.append(
        db,
        now,
        "WAVE_SUCCEEDED",
        wave.campaign(),
        null,
        "wave %d: %s".formatted(wave.wave(), explanation));
  }

  /**
   * Completes the campaigns that wait for nothing more. One whose last wave succeeded goes on while
   * vehicles are still to be tried again, and one whose end has come while one may still act.
   *
   * @return the completed campaigns
   */
  public static List<String> complete(FleetStore store, Instant now) {
    record Finished(String campaign, boolean hasEnded) {}
    List<Finished> finished =
        store.read(
            db ->
                db.sql("reconcile/finished_campaigns")
                    .query(
                        (row, i) ->
                            new Finished(row.getString("campaign"), row.getBoolean("has_ended")))
                    .list());
    for (Finished campaign : finished) {
      Campaigns.change(
          store,
          campaign.campaign(),
          campaign.hasEnded() ? CampaignTrigger.END : CampaignTrigger.COMPLETE,
          campaign.hasEnded()
              ? "its end has come and no vehicle may still act"
              : "all waves succeeded and no vehicle is left to try",
          now);
    }
    return finished.stream().map(Finished::campaign).toList();
  }

  private static void stop(
      Db db, WaveNumbers wave, CampaignTrigger trigger, String explanation, Instant now) {
    CampaignStops.stop(db, wave.campaign(), trigger, db.actor(), explanation, now);
  }
}
