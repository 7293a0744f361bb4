package convoy.data.duckdb;

import convoy.data.campaign.OwnerConsent;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.error.Nearest;
import convoy.data.status.CampaignState;
import convoy.data.status.CampaignTransitions;
import convoy.data.status.CampaignTrigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Campaigns as the store knows them, and the changes of their state. */
public final class Campaigns {
  private Campaigns() {}

  /**
   * One campaign.
   *
   * @param definition canonical JSON of everything that its approval covers
   * @param digest hex SHA-256 of the definition
   * @param stateReason why it is in that state, for a person
   */
  public record Campaign(
      String id,
      String title,
      String updateName,
      String updateVersion,
      String author,
      String urgency,
      int priority,
      String definition,
      String digest,
      String state,
      @Nullable String stateReason,
      Instant createdAt) {}

  /** All campaigns, in the order in which they go first. */
  public static List<Campaign> all(FleetStore store) {
    return store.read(db -> db.sql("define/campaigns").query((row, i) -> campaign(row)).list());
  }

  /** The campaign of that id. */
  public static Optional<Campaign> find(FleetStore store, String id) {
    return all(store).stream().filter(c -> c.id().equals(id)).findFirst();
  }

  /**
   * The campaign of that id.
   *
   * @throws ConvoyException USAGE when there is none, with the nearest id
   */
  public static Campaign require(FleetStore store, String id) {
    return find(store, id)
        .orElseThrow(
            () -> {
              List<String> known = all(store).stream().map(Campaign::id).toList();
              return new ConvoyException(
                  ErrorCode.USAGE,
                  "campaign '%s': found none of that id, expected %s"
                      .formatted(
                          id,
                          Nearest.to(id, known)
                              .map(near -> "one such as '" + near + "'")
                              .orElseGet(() -> "one of " + known)));
            });
  }

  /** Moves a campaign to another state and writes it into the audit log. */
  public static void change(
      FleetStore store, String id, CampaignTrigger trigger, String reason, Instant now) {
    store.transaction(db -> change(db, id, trigger, db.actor(), reason, now));
  }

  /**
   * The same in the transaction of the act.
   *
   * @throws ConvoyException USAGE when the trigger must not happen in the campaign's state
   */
  static void change(
      Db db, String id, CampaignTrigger trigger, String who, String reason, Instant now) {
    CampaignState before = state(db, id);
    CampaignState after =
        CampaignTransitions.next(before, trigger)
            .orElseThrow(() -> wrongState(id, before, CampaignTransitions.states(trigger)));
    db.text(
            "update campaign set state = :state, state_reason = :reason, state_at = :now where campaign = :campaign")
        .param("campaign", id)
        .param("state", after.name())
        .param("reason", reason)
        .param("now", Db.utc(now))
        .update();
    AuditLog.append(db, now, who, "CAMPAIGN_" + after, id, before.name(), after + ": " + reason);
  }

  /**
   * Checks that a campaign as it was read is in a state in which the trigger may happen.
   *
   * @throws ConvoyException USAGE when it is not
   */
  public static void requireMay(Campaign campaign, CampaignTrigger trigger) {
    CampaignState state = CampaignState.valueOf(campaign.state());
    if (CampaignTransitions.next(state, trigger).isEmpty()) {
      throw wrongState(campaign.id(), state, CampaignTransitions.states(trigger));
    }
  }

  /** The state of the campaign of that id; empty when there is none. */
  public static Optional<CampaignState> state(FleetStore store, String id) {
    return store.read(db -> findState(db, id));
  }

  static CampaignState state(Db db, String id) {
    return findState(db, id).orElseThrow();
  }

  private static Optional<CampaignState> findState(Db db, String id) {
    return db.text("select state from campaign where campaign = :campaign")
        .param("campaign", id)
        .query(String.class)
        .optional()
        .map(CampaignState::valueOf);
  }

  /** A campaign that is in none of the states that an act needs. */
  static ConvoyException wrongState(String id, CampaignState found, List<CampaignState> expected) {
    return new ConvoyException(
        ErrorCode.USAGE,
        "campaign %s is %s, expected %s"
            .formatted(
                id, found, expected.stream().map(Enum::name).collect(Collectors.joining(" or "))));
  }

  /** What the manifests of a campaign say of the owner, from a row of table campaign. */
  static OwnerConsent consent(ResultSet row) throws SQLException {
    return new OwnerConsent(
        OwnerConsent.Mode.valueOf(row.getString("consent")), Db.instant(row, "forced_from"));
  }

  private static Campaign campaign(ResultSet row) throws SQLException {
    return new Campaign(
        row.getString("campaign"),
        row.getString("title"),
        row.getString("update_name"),
        row.getString("update_version"),
        row.getString("author"),
        row.getString("urgency"),
        row.getInt("priority"),
        row.getString("definition"),
        row.getString("digest"),
        row.getString("state"),
        row.getString("state_reason"),
        Objects.requireNonNull(Db.instant(row, "created_at")));
  }
}
