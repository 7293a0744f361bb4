package convoy.data.duckdb;

import convoy.data.campaign.ControlRequest;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.CampaignState;
import convoy.data.status.CampaignTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people ask to be done to campaigns; each request is done once, however often it comes. */
public final class ControlRequests {
  private ControlRequests() {}

  /**
   * What became of a request.
   *
   * @param refusal why it was not done; null when it was
   * @param code the refusal's
   */
  public record Settled(@Nullable String refusal, ErrorCode code) {}

  /** What became of the request with that id; nothing when it did not prove who asks. */
  public static Optional<Settled> settled(FleetStore store, String id) {
    return store.read(
        db ->
            db.text("select refusal, refusal_code from control_request where id = :id")
                .param("id", id)
                .query(
                    (row, i) ->
                        new Settled(
                            row.getString("refusal"),
                            ErrorCode.valueOf(
                                Objects.requireNonNullElse(
                                    row.getString("refusal_code"), ErrorCode.USAGE.name()))))
                .optional());
  }

  /** When the request was done or refused before. */
  public static Optional<Instant> answeredAt(FleetStore store, String id) {
    return store.read(
        db ->
            db.text("select done_at from control_request where id = :id")
                .param("id", id)
                .query((row, i) -> Objects.requireNonNull(Db.instant(row, "done_at")))
                .optional());
  }

  /**
   * Does what was asked for, in one transaction with its lines in the audit log.
   *
   * @param overrides the failures that a person who resumes accepts
   * @return what was done, as a sentence
   * @throws ConvoyException USAGE when the campaign is in no state for it; nothing is changed then
   */
  public static String carryOut(
      FleetStore store,
      ControlRequest request,
      List<CampaignStops.Accepted> overrides,
      Instant now) {
    String[] sentence = new String[1];
    store.transaction(
        db -> {
          sentence[0] = "%s: %s".formatted(request.campaign(), act(db, request, overrides, now));
          keep(db, request, null, now);
        });
    return sentence[0];
  }

  private static String act(
      Db db, ControlRequest request, List<CampaignStops.Accepted> overrides, Instant now) {
    return switch (request.act()) {
      case START -> start(db, request, now);
      case PAUSE -> stop(db, request, CampaignTrigger.PAUSE, now);
      case ABORT -> stop(db, request, CampaignTrigger.ABORT, now);
      case RESUME -> resume(db, request, overrides, now);
      case ADVANCE -> throw new IllegalArgumentException("a wave is advanced by Reconciliation");
      case WITHDRAW, ROLLBACK ->
          throw new IllegalArgumentException(
              "what takes back is carried out by Withdrawals and RollbackOrders");
    };
  }

  private static String start(Db db, ControlRequest request, Instant now) {
    String campaign = request.campaign();
    CampaignState state = Campaigns.state(db, campaign);
    if (state != CampaignState.APPROVED) {
      throw Campaigns.wrongState(campaign, state, List.of(CampaignState.APPROVED));
    }
    CampaignEnds.requireNotEnded(db, campaign);
    if (!CampaignStops.isManual(db, campaign)) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "campaign %s has start: AUTOMATIC, expected MANUAL: the next run plans it anyway"
              .formatted(campaign));
    }
    if (CampaignStops.isStarted(db, campaign)) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "campaign %s was started before; the next run plans it".formatted(campaign));
    }
    db.text("insert into campaign_start values (:campaign, :now, :who)")
        .param("campaign", campaign)
        .param("now", Db.utc(now))
        .param("who", request.who())
        .update();
    AuditLog.append(
        db, now, request.who(), "CAMPAIGN_STARTED", campaign, "APPROVED", request.sentence());
    return request.sentence() + "; the next run plans it";
  }

  private static String stop(Db db, ControlRequest request, CampaignTrigger trigger, Instant now) {
    int dropped =
        CampaignStops.stop(db, request.campaign(), trigger, request.who(), request.sentence(), now);
    long issued =
        db.text(
                "select count(*) from manifest where campaign = :campaign and state = 'ISSUED'"
                    + " and withdrawal is null and not is_resigned(vin, version)")
            .param("campaign", request.campaign())
            .query(Long.class)
            .single();
    return "%s; %,d manifests were issued, %,d prepared ones dropped"
        .formatted(request.sentence(), issued, dropped);
  }

  private static String resume(
      Db db, ControlRequest request, List<CampaignStops.Accepted> overrides, Instant now) {
    String before =
        db.text("select coalesce(state_reason, '') from campaign where campaign = :campaign")
            .param("campaign", request.campaign())
            .query(String.class)
            .single();
    CampaignState after =
        CampaignStops.resume(
            db, request.campaign(), request.who(), request.sentence(), overrides, now);
    StringBuilder sentence =
        new StringBuilder(
            "%s, now %s; it was PAUSED: %s".formatted(request.sentence(), after, before));
    overrides.forEach(
        o -> sentence.append("; wave %d pauses again above %s".formatted(o.wave(), o.sentence())));
    return sentence.toString();
  }

  /** Records that the request was not done, and why. */
  public static void refuse(
      FleetStore store, ControlRequest request, ConvoyException refusal, Instant now) {
    store.transaction(
        db -> {
          keep(db, request, refusal, now);
          AuditLog.append(
              db,
              now,
              request.who(),
              "REQUEST_REFUSED",
              request.campaign(),
              request.act().name(),
              refusal.getMessage());
        });
  }

  /**
   * Writes into the audit log that a file was no request of a known person. Its id is not kept: it
   * may be that of someone else's request.
   *
   * @param file its name
   */
  public static void refuseUnproved(FleetStore store, String file, String why, Instant now) {
    store.transaction(
        db -> AuditLog.append(db, now, "REQUEST_REFUSED", "request " + file, null, why));
  }

  /** Writes into the audit log that a request came again after it was answered. */
  public static void refuseAgain(
      FleetStore store, ControlRequest request, String why, Instant now) {
    store.transaction(
        db ->
            AuditLog.append(
                db,
                now,
                "REQUEST_REFUSED",
                request.campaign(),
                request.act() + " asked by " + request.who(),
                why));
  }

  /** Records that the request was done, in the transaction of its act. */
  static void keepDone(Db db, ControlRequest request, Instant now) {
    keep(db, request, null, now);
  }

  private static void keep(
      Db db, ControlRequest request, @Nullable ConvoyException refusal, Instant now) {
    db.text(
            "insert into control_request values"
                + " (:id, :campaign, :act, :who, :reason, :asked, :now, :refusal, :code)")
        .param("id", request.id())
        .param("campaign", request.campaign())
        .param("act", request.act().name())
        .param("who", request.who())
        .param("reason", request.reason())
        .param("asked", Db.utc(request.askedAt()))
        .param("now", Db.utc(now))
        .param("refusal", refusal == null ? null : refusal.getMessage())
        .param("code", refusal == null ? null : refusal.code().name())
        .update();
  }
}
