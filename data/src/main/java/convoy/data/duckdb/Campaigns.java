package convoy.data.duckdb;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

  /** Changes a campaign's state and writes it into the audit log. */
  public static void change(FleetStore store, String id, String state, String reason, Instant now) {
    store.transaction(db -> change(db, id, state, reason, now));
  }

  static void change(Db db, String id, String state, String reason, Instant now) {
    String before =
        db.text("select state from campaign where campaign = :campaign")
            .param("campaign", id)
            .query(String.class)
            .single();
    db.text(
            "update campaign set state = :state, state_reason = :reason, state_at = :now where campaign = :campaign")
        .param("campaign", id)
        .param("state", state)
        .param("reason", reason)
        .param("now", Db.utc(now))
        .update();
    AuditLog.append(db, now, "CAMPAIGN_" + state, id, before, state + ": " + reason);
  }

  private static Campaign campaign(java.sql.ResultSet row) throws java.sql.SQLException {
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
