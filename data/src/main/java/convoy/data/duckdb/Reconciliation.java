package convoy.data.duckdb;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.GateFact;
import convoy.data.campaign.GateRule;
import convoy.data.campaign.OwnerConsent;
import convoy.data.status.AssignmentState;
import convoy.data.status.CampaignState;
import convoy.data.status.CampaignTrigger;
import convoy.data.status.Gate;
import convoy.data.status.GateDecision;
import convoy.data.status.GateEvidence;
import convoy.data.status.GateNumbers;
import convoy.data.status.GateThresholds;
import convoy.data.status.WaveState;
import convoy.data.status.WaveTrigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
   * @param outcomes how many of them may be outcomes
   * @param withdrawn why the vehicle left the campaign by a withdrawal; null: it did not
   * @param hasEnded whether the campaign's end has come
   * @param askedBack why a person has it rolled back; null: nobody does
   * @param rollbacks each attempt to take it back that was issued, with its manifest versions and
   *     its modules, a JSON array; null: there is none
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
      long outcomes,
      @Nullable String withdrawn,
      boolean hasEnded,
      @Nullable String askedBack,
      @Nullable String rollbacks) {}

  /**
   * Where an assignment stands after its events were folded.
   *
   * @param dueAt RETRY_DUE, and ROLLBACK_DUE after a rollback that failed: from when it is tried
   *     again
   * @param outcomes on how many told outcomes this rests
   */
  public record Folded(
      String campaign,
      String vin,
      AssignmentState state,
      @Nullable Instant dueAt,
      @Nullable String errorCode,
      @Nullable String failedModule,
      @Nullable String reason,
      long outcomes) {}

  private static final int FOLDED_AT_ONCE = 2_000;

  private static final BulkTable.Definition<Folded> FOLDS =
      new BulkTable.Definition<Folded>("offered_folds")
          .text("campaign", Folded::campaign)
          .text("vin", Folded::vin)
          .text("state", f -> f.state().name())
          .time("due_at", Folded::dueAt)
          .text("error_code", Folded::errorCode)
          .text("failed_module", Folded::failedModule)
          .text("reason", Folded::reason)
          .number("outcomes", Folded::outcomes);

  /**
   * Folds the next assignments that wait for it, in the order of campaign and VIN.
   *
   * @param afterCampaign only those after this campaign and VIN; empty texts for the first
   * @param fold is given some at a time, since all that vehicles ever said may be long
   */
  public static List<Folded> next(
      FleetStore store,
      String afterCampaign,
      String afterVin,
      int rows,
      Function<List<ToFold>, List<Folded>> fold) {
    return store.read(
        db -> {
          Map<String, FoldedCampaign> campaigns = new HashMap<>();
          db.sql("reconcile/to_fold_campaigns")
              .query(
                  row -> {
                    campaigns.put(
                        row.getString("campaign"),
                        new FoldedCampaign(
                            row.getString("state"),
                            row.getString("definition"),
                            Campaigns.consent(row),
                            row.getBoolean("has_ended")));
                  });
          List<Folded> folded = new ArrayList<>();
          List<ToFold> some = new ArrayList<>();
          db.sql("reconcile/to_fold")
              .param("after_campaign", afterCampaign)
              .param("after_vin", afterVin)
              .param("rows", rows)
              .query(
                  row -> {
                    some.add(toFold(row, campaigns));
                    if (some.size() == FOLDED_AT_ONCE) {
                      folded.addAll(fold.apply(some));
                      some.clear();
                    }
                  });
          folded.addAll(fold.apply(some));
          return folded;
        });
  }

  private static ToFold toFold(ResultSet row, Map<String, FoldedCampaign> campaigns)
      throws SQLException {
    FoldedCampaign of = Objects.requireNonNull(campaigns.get(row.getString("campaign")));
    return new ToFold(
        row.getString("campaign"),
        row.getString("vin"),
        of.state(),
        row.getInt("attempt"),
        row.getLong("manifest_version"),
        of.definition(),
        of.consent(),
        row.getString("issued"),
        row.getString("targets"),
        row.getString("events"),
        row.getLong("outcomes"),
        row.getString("withdrawn"),
        of.hasEnded(),
        row.getString("asked_back"),
        row.getString("rollbacks"));
  }

  /** What all assignments of a campaign share. */
  private record FoldedCampaign(
      String state, String definition, OwnerConsent consent, boolean hasEnded) {}

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
   * @param successSince since when it has had its success, as its last decision found
   */
  public record WaveNumbers(
      String campaign,
      int wave,
      WaveState state,
      String definition,
      GateNumbers numbers,
      @Nullable Instant successSince) {}

  /**
   * The waves that are in one of these states, of campaigns in that state; those that have
   * succeeded after the others of their campaign.
   */
  public static List<WaveNumbers> waves(
      FleetStore store, CampaignState campaignState, Set<WaveState> waveStates) {
    record Row(
        String campaign,
        int wave,
        WaveState waveState,
        String definition,
        @Nullable Instant successSince,
        @Nullable String state,
        long vehicles) {}
    List<Row> rows =
        store.read(
            db ->
                db.sql("reconcile/gate_numbers")
                    .param("campaign_state", campaignState.name())
                    .param("wave_states", waveStates.stream().map(WaveState::name).toList())
                    .query(
                        (row, i) ->
                            new Row(
                                row.getString("campaign"),
                                row.getInt("wave"),
                                WaveState.valueOf(row.getString("wave_state")),
                                row.getString("definition"),
                                Db.instant(row, "success_since"),
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
                row.waveState(),
                row.definition(),
                GateNumbers.of(states),
                row.successSince()));
        states.clear();
      }
    }
    return waves;
  }

  /** The errors that stop the campaign by that rule, with their vehicles; none where none does. */
  public static Map<String, Long> stoppingErrors(FleetStore store, String campaign, GateRule rule) {
    return rule.stopOn().isEmpty()
        ? Map.of()
        : store.read(
            db ->
                counts(
                    db.sql("reconcile/gate_codes").param("campaign", campaign),
                    "error_code",
                    "vehicles"));
  }

  /**
   * What the gate of the wave decides at that moment; of one that has succeeded, only what it still
   * stops the campaign for, empty for nothing.
   *
   * @param errors of its campaign, as {@link #stoppingErrors} has them
   */
  public static Optional<GateDecision> decision(
      FleetStore store,
      WaveNumbers wave,
      GateThresholds thresholds,
      Map<String, Long> errors,
      Instant now) {
    GateEvidence evidence = evidence(store, wave, thresholds.rule(), errors);
    return wave.state() == WaveState.SUCCEEDED
        ? Gate.decideLate(evidence, thresholds, now)
        : Optional.of(Gate.decide(evidence, thresholds, now));
  }

  /** All that the gate of the wave decides on, as far as its rule asks for it. */
  private static GateEvidence evidence(
      FleetStore store, WaveNumbers wave, GateRule rule, Map<String, Long> errors) {
    return store.read(
        db -> {
          List<GateEvidence.Group> groups = new ArrayList<>();
          rule.by().forEach(fact -> groups.addAll(groups(db, wave, fact)));
          return new GateEvidence(
              wave.numbers(),
              groups,
              errors,
              counts(
                  db.sql("reconcile/gate_accepted")
                      .param("campaign", wave.campaign())
                      .param("wave", wave.wave()),
                  "part",
                  "failures"),
              wave.successSince());
        });
  }

  private static List<GateEvidence.Group> groups(Db db, WaveNumbers wave, GateFact fact) {
    Map<String, Map<AssignmentState, Long>> values = new LinkedHashMap<>();
    db.sql("reconcile/gate_groups")
        .param("fact", fact.toString())
        .param("campaign", wave.campaign())
        .param("wave", wave.wave())
        .query(
            row -> {
              values
                  .computeIfAbsent(
                      row.getString("value"), v -> new EnumMap<>(AssignmentState.class))
                  .put(AssignmentState.valueOf(row.getString("state")), row.getLong("vehicles"));
            });
    return values.entrySet().stream()
        .map(e -> new GateEvidence.Group(fact, e.getKey(), GateNumbers.of(e.getValue())))
        .toList();
  }

  private static Map<String, Long> counts(SqlStatement statement, String name, String count) {
    Map<String, Long> counts = new HashMap<>();
    statement.query(
        row -> {
          counts.put(row.getString(name), row.getLong(count));
        });
    return counts;
  }

  /** Keeps a gate's decision and does what it says, in one transaction. */
  public static void carryOut(
      FleetStore store, WaveNumbers wave, GateDecision decision, Instant now) {
    store.transaction(
        db -> {
          keep(db, wave, decision, now);
          switch (decision.verdict()) {
            case HOLD -> {}
            case ADVANCE -> advance(db, wave, db.actor(), decision.explanation(), now);
            case PAUSE -> stop(db, wave, CampaignTrigger.PAUSE, decision.explanation(), now);
            case ABORT -> stop(db, wave, CampaignTrigger.ABORT, decision.explanation(), now);
          }
        });
  }

  private static void keep(Db db, WaveNumbers wave, GateDecision decision, Instant now) {
    GateNumbers n = decision.numbers();
    GateDecision.WorstGroup worst = decision.worst();
    db.sql("reconcile/keep_decision")
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
        .param(
            "success_since",
            decision.successSince() == null ? null : Db.utc(decision.successSince()))
        .param("worst_group", worst == null ? null : worst.part())
        .param("worst_failures", worst == null ? null : worst.failures())
        .param("worst_outcomes", worst == null ? null : worst.outcomes())
        .update();
  }

  /**
   * Lets a wave go on because a person says so, in one transaction with its lines in the audit log.
   *
   * @param request to ADVANCE
   * @param held what the gate says, which the person overrides
   * @return what was done, as a sentence
   */
  public static String advance(
      FleetStore store, ControlRequest request, WaveNumbers wave, GateDecision held, Instant now) {
    String overridden = "%s; the gate said %s".formatted(request.sentence(), held.explanation());
    boolean[] follows = new boolean[1];
    store.transaction(
        db -> {
          keep(
              db,
              wave,
              new GateDecision(
                  GateDecision.Verdict.ADVANCE,
                  GateDecision.Verdict.ADVANCE + ": " + overridden,
                  held.numbers(),
                  Map.of(),
                  held.worst(),
                  held.successSince()),
              now);
          AuditLog.append(
              db,
              now,
              request.who(),
              "GATE_OVERRIDDEN",
              wave.campaign(),
              held.verdict().name(),
              "wave %d: %s".formatted(wave.wave(), overridden));
          follows[0] = advance(db, wave, request.who(), request.sentence(), now);
          ControlRequests.keepDone(db, request, now);
        });
    return "%s: wave %d %s; %s"
        .formatted(
            wave.campaign(),
            wave.wave(),
            overridden,
            follows[0]
                ? "wave %d is released".formatted(wave.wave() + 1)
                : "no wave follows that was not released");
  }

  /** Whether that released a wave. */
  private static boolean advance(
      Db db, WaveNumbers wave, String who, String explanation, Instant now) {
    WaveMoves.move(db, wave.campaign(), wave.wave(), WaveTrigger.SUCCEED, now);
    boolean released = WaveMoves.releaseIfPlanned(db, wave.campaign(), wave.wave() + 1, now);
    AuditLog.append(
        db,
        now,
        who,
        "WAVE_SUCCEEDED",
        wave.campaign(),
        null,
        "wave %d: %s".formatted(wave.wave(), explanation));
    return released;
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
