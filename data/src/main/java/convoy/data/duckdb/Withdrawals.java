package convoy.data.duckdb;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.EndAct;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.CampaignState;
import convoy.data.status.CampaignTrigger;
import convoy.data.trust.SignedAct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what vehicles were given: the assignments end, and the manifests that tell the
 * vehicles so are prepared, in one transaction. Issuing writes them as it writes all others.
 */
public final class Withdrawals {
  /** Why a failure of which the manifest was withdrawn leads to no further attempt. */
  public static final String NOT_AGAIN = "its manifest was withdrawn, so it is not tried again";

  /** The states of campaigns whose vehicles may have something that can be taken back. */
  static final List<CampaignState> STATES =
      List.of(
          CampaignState.RUNNING,
          CampaignState.PAUSED,
          CampaignState.COMPLETED,
          CampaignState.ABORTED);

  private Withdrawals() {}

  /**
   * A withdrawal as the store has it; its act proves it.
   *
   * @param vehicles {@link WithdrawnVehicles} as canonical JSON; null: by the campaign's end
   * @param act the number of the signed act; null: by the campaign's end
   */
  public record Withdrawal(String campaign, @Nullable String vehicles, @Nullable Long act) {}

  /** The withdrawal of that number. */
  public static Optional<Withdrawal> find(FleetStore store, long number) {
    return store.read(
        db ->
            db.text("select campaign, vehicles, act from withdrawal where withdrawal = :withdrawal")
                .param("withdrawal", number)
                .query(
                    (row, i) ->
                        new Withdrawal(
                            row.getString("campaign"),
                            row.getString("vehicles"),
                            row.getObject("act", Long.class)))
                .optional());
  }

  /**
   * Carries out what a person asked for, in one transaction with its lines in the audit log. A
   * running campaign of which a wave or everything is withdrawn is paused: its next run would give
   * the same to the next vehicles. Single vehicles leave a campaign that goes on, whatever their
   * state is and whatever they report later, also those that were given nothing yet.
   *
   * @param act the person's act, which was proved
   * @return what was done, as a sentence
   * @throws ConvoyException USAGE when the campaign is in no state for it, has no such wave, or has
   *     no waves yet and vehicles are named, or the same act was carried out before; nothing is
   *     changed then
   */
  public static String carryOut(
      FleetStore store,
      ControlRequest request,
      SignedAct act,
      WithdrawnVehicles vehicles,
      Issuing.Packing packing,
      Instant now) {
    String[] sentence = new String[1];
    store.transaction(
        db -> {
          sentence[0] =
              "%s: %s"
                  .formatted(
                      request.campaign(), withdraw(db, request, act, vehicles, packing, now));
          ControlRequests.keepDone(db, request, now);
        });
    return sentence[0];
  }

  private static String withdraw(
      Db db,
      ControlRequest request,
      SignedAct act,
      WithdrawnVehicles vehicles,
      Issuing.Packing packing,
      Instant now) {
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
    long unplanned = vehicles.areNamed() ? addUnplanned(db, campaign, vehicles, now) : 0;
    choose(db, campaign, vehicles, EndAct.WITHDRAW_OPEN, vehicles.areNamed(), now);
    mark(db, campaign, number, vehicles.areNamed());
    List<Count> counts =
        take(db, campaign, number, request.who(), request.sentence(), NOT_AGAIN, packing, now);
    String what =
        "%s, %s; %s%s"
            .formatted(
                request.sentence(),
                vehicles.words(),
                words(counts, unplanned),
                isPaused ? "; the campaign is PAUSED" : "");
    AuditLog.append(db, now, request.who(), "MANIFESTS_WITHDRAWN", campaign, null, what);
    return what;
  }

  static void requireWaves(Db db, String campaign, WithdrawnVehicles vehicles) {
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

  private static long addUnplanned(
      Db db, String campaign, WithdrawnVehicles vehicles, Instant now) {
    return db.sql("withdraw/add_unplanned")
        .param("campaign", campaign)
        .param("vins", Db.json(vehicles.vins()))
        .param("now", Db.utc(now))
        .update();
  }

  static long insert(
      Db db,
      String campaign,
      @Nullable String vehicles,
      @Nullable Long act,
      String reason,
      Instant now) {
    long number =
        db.text("select coalesce(max(withdrawal), 0) + 1 from withdrawal")
            .query(Long.class)
            .single();
    db.text(
            "insert into withdrawal values (:withdrawal, :campaign, :vehicles, :act, :reason, :now)")
        .param("withdrawal", number)
        .param("campaign", campaign)
        .param("vehicles", vehicles)
        .param("act", act)
        .param("reason", reason)
        .param("now", Db.utc(now))
        .update();
    return number;
  }

  /**
   * Leaves in {@code meant_vehicle} what becomes of each vehicle.
   *
   * @param issued which manifests are taken back
   * @param unissued whether vehicles that wait for one end too
   */
  static void choose(
      Db db,
      String campaign,
      WithdrawnVehicles vehicles,
      EndAct issued,
      boolean unissued,
      Instant now) {
    db.sql("withdraw/choose")
        .param("campaign", campaign)
        .param("wave", vehicles.wave())
        .param("vins", vehicles.areNamed() ? Db.json(vehicles.vins()) : null)
        .param("issued", issued.name())
        .param("unissued", unissued)
        .param("now", Db.utc(now))
        .update();
  }

  /**
   * How many vehicles came to an outcome.
   *
   * @param outcome WITHDRAWN, ENDED or LEFT, as withdraw/choose.sql says
   * @param state of their assignments before
   */
  record Count(String outcome, String state, long vehicles) {}

  /**
   * Keeps with the chosen assignments that they were withdrawn.
   *
   * @param leftToo whether also with those that are left alone, because they were named
   */
  static void mark(Db db, String campaign, long number, boolean leftToo) {
    db.sql("withdraw/mark")
        .param("campaign", campaign)
        .param("withdrawal", number)
        .param("left_too", leftToo)
        .update();
  }

  /** Ends the chosen assignments and prepares the manifests that tell their vehicles. */
  static List<Count> take(
      Db db,
      String campaign,
      long number,
      String who,
      String reason,
      String notAgain,
      Issuing.Packing packing,
      Instant now) {
    List<Count> counts =
        db.sql("withdraw/counts")
            .query(
                (row, i) ->
                    new Count(
                        row.getString("outcome"), row.getString("state"), row.getLong("vehicles")))
            .list();
    db.sql("withdraw/to_drop").param("campaign", campaign).update();
    CampaignStops.drop(db, campaign, who, now);
    db.sql("withdraw/prepare")
        .param("campaign", campaign)
        .param("withdrawal", number)
        .param("per_shard", packing.perShard())
        .param("now", Db.utc(now))
        .param("expires", Db.utc(now.plus(packing.validFor())))
        .update();
    db.sql("withdraw/end_assignments")
        .param("campaign", campaign)
        .param("reason", reason)
        .param("not_again", notAgain)
        .param("now", Db.utc(now))
        .update();
    db.text("drop table meant_vehicle").update();
    return counts;
  }

  static long sum(List<Count> counts, String outcome) {
    return counts.stream()
        .filter(c -> c.outcome().equals(outcome))
        .mapToLong(Count::vehicles)
        .sum();
  }

  private static String words(List<Count> counts, long unplanned) {
    List<String> left = new ArrayList<>();
    for (Count count : counts) {
      if (count.outcome().equals("LEFT")) {
        left.add("%,d %s".formatted(count.vehicles(), count.state()));
      }
    }
    long ended = sum(counts, "ENDED");
    return "%,d manifests withdrawn%s%s%s"
        .formatted(
            sum(counts, "WITHDRAWN"),
            ended == 0 ? "" : ", %,d vehicles get none any more".formatted(ended),
            unplanned == 0 ? "" : ", %,d of which it had not planned".formatted(unplanned),
            left.isEmpty() ? "" : "; left alone: " + String.join(", ", left));
  }
}
