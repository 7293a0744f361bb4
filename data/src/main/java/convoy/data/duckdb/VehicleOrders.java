package convoy.data.duckdb;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.CampaignState;
import convoy.data.status.CampaignTrigger;
import convoy.data.trust.SignedAct;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Orders that something of a campaign is taken back from vehicles, by persons or by the campaign's
 * definition: what withdrawing manifests and rolling vehicles back have in common.
 */
public enum VehicleOrders {
  /** Manifests are taken back. */
  WITHDRAWAL("withdrawal", "MANIFESTS_WITHDRAWN"),
  /** Vehicles go back to the versions that they had before. */
  ROLLBACK("rollback", "ROLLBACK_ORDERED");

  /** The states of campaigns whose vehicles may have something that can be taken back. */
  private static final List<CampaignState> STATES =
      List.of(
          CampaignState.RUNNING,
          CampaignState.PAUSED,
          CampaignState.COMPLETED,
          CampaignState.ABORTED);

  private final String table;
  private final String audited;

  VehicleOrders(String table, String audited) {
    this.table = table;
    this.audited = audited;
  }

  /**
   * An order as the store has it; its act, or the campaign's definition, proves it.
   *
   * @param vehicles {@link WithdrawnVehicles} as canonical JSON; null: by the definition
   * @param act the number of the signed act; null: by the definition
   */
  public record Order(String campaign, @Nullable String vehicles, @Nullable Long act) {}

  /** The order of that number. */
  public Optional<Order> find(FleetStore store, long number) {
    return store.read(
        db ->
            db.text(
                    "select campaign, vehicles, act from %1$s where %1$s = :number"
                        .formatted(table))
                .param("number", number)
                .query(
                    (row, i) ->
                        new Order(
                            row.getString("campaign"),
                            row.getString("vehicles"),
                            row.getObject("act", Long.class)))
                .optional());
  }

  /** Keeps one by the campaign's definition, and yields its number. */
  long insertPlanned(Db db, String campaign, String reason, Instant now) {
    return insert(db, campaign, null, null, reason, now);
  }

  private long insert(
      Db db,
      String campaign,
      @Nullable String vehicles,
      @Nullable Long act,
      String reason,
      Instant now) {
    long number =
        db.text("select coalesce(max(%1$s), 0) + 1 from %1$s".formatted(table))
            .query(Long.class)
            .single();
    db.text(
            "insert into %s values (:number, :campaign, :vehicles, :act, :reason, :now)"
                .formatted(table))
        .param("number", number)
        .param("campaign", campaign)
        .param("vehicles", vehicles)
        .param("act", act)
        .param("reason", reason)
        .param("now", Db.utc(now))
        .update();
    return number;
  }

  /** What is done with the vehicles of an order. */
  interface Work {
    /**
     * Does it.
     *
     * @param number the order's
     * @return what was done, in words
     */
    String apply(Db db, long number);
  }

  /**
   * Carries out what a person asked for, in one transaction with its lines in the audit log. A
   * running campaign of which a wave or everything is meant is paused: its next run would give the
   * same to the next vehicles.
   *
   * @param act the person's act, which was proved
   * @return what was done, as a sentence
   * @throws ConvoyException USAGE when the campaign is in no state for it, has no such wave, or has
   *     no waves yet and vehicles are named, or the same act was carried out before; nothing is
   *     changed then
   */
  String carryOut(
      FleetStore store,
      ControlRequest request,
      SignedAct act,
      WithdrawnVehicles vehicles,
      Instant now,
      Work work) {
    String[] sentence = new String[1];
    store.transaction(
        db -> {
          sentence[0] =
              "%s: %s".formatted(request.campaign(), order(db, request, act, vehicles, now, work));
          ControlRequests.keepDone(db, request, now);
        });
    return sentence[0];
  }

  private String order(
      Db db,
      ControlRequest request,
      SignedAct act,
      WithdrawnVehicles vehicles,
      Instant now,
      Work work) {
    String campaign = request.campaign();
    CampaignState state = Campaigns.state(db, campaign);
    if (!STATES.contains(state)) {
      throw Campaigns.wrongState(campaign, state, STATES);
    }
    requireWaves(db, campaign, vehicles);
    String document = Objects.requireNonNull(request.signed()).document();
    if (SignedActs.isKept(db, document)) {
      throw new ConvoyException(
          ErrorCode.USAGE, "campaign %s: the same act was carried out before".formatted(campaign));
    }
    boolean isPaused = state == CampaignState.RUNNING && !vehicles.areNamed();
    if (isPaused) {
      CampaignStops.stop(
          db, campaign, CampaignTrigger.PAUSE, request.who(), request.sentence(), now);
    }
    long signed = SignedActs.controlled(db, campaign, act, document, now);
    long number = insert(db, campaign, vehicles.content(), signed, request.sentence(), now);
    String what =
        "%s, %s; %s%s"
            .formatted(
                request.sentence(),
                vehicles.words(),
                work.apply(db, number),
                isPaused ? "; the campaign is PAUSED" : "");
    AuditLog.append(db, now, request.who(), audited, campaign, null, what);
    return what;
  }

  private static void requireWaves(Db db, String campaign, WithdrawnVehicles vehicles) {
    Integer wave = vehicles.wave();
    List<Integer> waves =
        db.text("select wave from wave where campaign = :campaign order by wave")
            .param("campaign", campaign)
            .query(Integer.class)
            .list();
    if (wave != null && !waves.contains(wave)) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "campaign %s has no wave %d, expected one of %s".formatted(campaign, wave, waves));
    }
    if (vehicles.areNamed() && waves.isEmpty()) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "campaign %s has planned no vehicles, expected one with waves".formatted(campaign));
    }
  }

  /**
   * How many vehicles came to an outcome.
   *
   * @param outcome as choose.sql of withdraw or rollback says; LEFT: left alone
   * @param state of their assignments before
   */
  record Count(String outcome, String state, long vehicles) {}

  /** What withdraw/counts or rollback/counts says. */
  static List<Count> counts(Db db, String statement) {
    return db.sql(statement)
        .query(
            (row, i) ->
                new Count(
                    row.getString("outcome"), row.getString("state"), row.getLong("vehicles")))
        .list();
  }

  static long sum(List<Count> counts, String outcome) {
    return counts.stream()
        .filter(c -> c.outcome().equals(outcome))
        .mapToLong(Count::vehicles)
        .sum();
  }

  /** Who was left alone, to follow other words; empty when nobody was. */
  static String left(List<Count> counts) {
    String left =
        counts.stream()
            .filter(c -> c.outcome().equals("LEFT"))
            .map(c -> "%,d %s".formatted(c.vehicles(), c.state()))
            .collect(Collectors.joining(", "));
    return left.isEmpty() ? "" : "; left alone: " + left;
  }
}
