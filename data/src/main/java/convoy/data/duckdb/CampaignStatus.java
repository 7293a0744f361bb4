package convoy.data.duckdb;

import convoy.data.campaign.OwnerTerms;
import convoy.data.campaign.RollbackRule;
import convoy.data.status.GateDecision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one campaign stands, for a person who has to decide on it.
 *
 * @param reason why it is in that state
 * @param by who brought it there
 * @param next what happens next
 * @param start AUTOMATIC or MANUAL
 * @param owner what owners are asked and told
 * @param rollback when vehicles go back by themselves
 * @param eligibility as of the last matching; null before the first
 * @param ends when it ends by itself; null for never
 * @param waiting who waits for whom because of it
 * @param refused vehicles that are not told to go back
 * @param requests the last things that people asked for, the latest first
 * @param acts the last lines of the audit log on it, the latest first
 */
public record CampaignStatus(
    String id,
    String title,
    String state,
    @Nullable String reason,
    Instant since,
    @Nullable String by,
    String next,
    String updateName,
    String updateVersion,
    String author,
    String urgency,
    int priority,
    String start,
    @Nullable Instant startedAt,
    OwnerTerms owner,
    RollbackRule rollback,
    Eligibility.@Nullable Counts eligibility,
    @Nullable End ends,
    List<Wave> waves,
    List<Decision> decisions,
    Manifests manifests,
    List<Waiting> waiting,
    List<Refused> refused,
    List<Request> requests,
    List<Act> acts) {

  /**
   * A wave with its vehicles by state.
   *
   * @param accepted failed or silent vehicles with which a person resumed the campaign
   */
  public record Wave(
      int wave,
      String name,
      String state,
      @Nullable Instant releasedAt,
      @Nullable Instant closedAt,
      long accepted,
      List<Vehicles> vehicles) {}

  /** How many vehicles of a wave are in one state. */
  public record Vehicles(String state, long vehicles) {}

  /**
   * The latest decision of a wave's gate.
   *
   * @param successSince since when the wave has had its success; null: it has not
   * @param worst the group of its vehicles of which the highest share fails; null: in none
   */
  public record Decision(
      int wave,
      Instant at,
      String verdict,
      String explanation,
      long total,
      long installed,
      long failed,
      long silent,
      long declined,
      @Nullable Instant successSince,
      GateDecision.@Nullable WorstGroup worst) {}

  /**
   * Its end.
   *
   * @param at when, with the time zone
   * @param then what becomes of issued manifests
   * @param endedAt when it was carried out; null while it was not
   * @param cancelled vehicles that got no manifest any more by it
   * @param withdrawn manifests that it took back
   */
  public record End(
      String at, String then, @Nullable Instant endedAt, long cancelled, long withdrawn) {}

  /**
   * Its manifests.
   *
   * @param published issued ones whose shard was published
   * @param open issued ones on which the vehicle may still act
   * @param dropped prepared ones that were dropped before they were issued
   * @param withdrawn issued ones that were taken back
   * @param unwritten of those, the ones whose vehicles are not told yet: issuing writes that
   */
  public record Manifests(
      long issued,
      long published,
      long open,
      long prepared,
      long dropped,
      long withdrawn,
      long unwritten) {}

  /** Vehicles in which one campaign waits for another. */
  public record Waiting(String campaign, String waitsFor, long vehicles) {}

  /**
   * Vehicles that are not told to go back, or not told so once more.
   *
   * @param state ROLLBACK_DUE or ROLLBACK_ISSUED
   * @param reason why, as of the last issueManifests
   */
  public record Refused(String state, String reason, long vehicles) {}

  /**
   * What a person asked for.
   *
   * @param refusal why it was not done; null when it was
   */
  public record Request(
      String act,
      String who,
      @Nullable String reason,
      Instant askedAt,
      Instant doneAt,
      @Nullable String refusal) {}

  /** A line of the audit log. */
  public record Act(long seq, Instant at, String who, String act, @Nullable String what) {}
}
