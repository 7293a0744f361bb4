package convoy.data.duckdb;

import convoy.data.status.CampaignTrigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of registered updates: what they meet in the fleet, and their withdrawal. */
public final class Updates {
  private static final String WITHDRAWN = "UPDATE_WITHDRAWN";

  private Updates() {}

  /** A module of an update that starts from versions which nothing has. */
  public record Start(String module, String range) {}

  /**
   * The modules whose starting versions no ECU of the fleet has and no other registered update
   * leads to. None while the fleet has no vehicles: then nothing is known.
   *
   * @param definition the update's canonical JSON
   */
  public static List<Start> unmetStarts(FleetStore store, String definition) {
    return store.read(
        db ->
            db.sql("define/unmet_starts")
                .param("definition", definition)
                .query((row, i) -> new Start(row.getString("module"), row.getString("from_range")))
                .list());
  }

  /**
   * Withdraws an update for good: no campaign may issue it, and its open ones are paused.
   *
   * @return the campaigns that were paused
   */
  public static List<String> withdraw(
      FleetStore store, String name, String version, String reason, Instant now) {
    List<String> paused = new ArrayList<>();
    store.transaction(
        db -> {
          String update = name + " " + version;
          db.text(
                  "update update_definition set withdrawn_at = :now, withdrawn_reason = :reason"
                      + " where name = :name and version = :version")
              .param("now", Db.utc(now))
              .param("reason", reason)
              .param("name", name)
              .param("version", version)
              .update();
          AuditLog.append(db, now, WITHDRAWN, update, "registered", "withdrawn: " + reason);
          paused.addAll(
              db.sql("define/open_campaigns_of")
                  .param("name", name)
                  .param("version", version)
                  .query(String.class)
                  .list());
          for (String campaign : paused) {
            CampaignStops.stop(
                db,
                campaign,
                CampaignTrigger.WITHDRAW,
                db.actor(),
                "update %s was withdrawn: %s".formatted(update, reason),
                now);
          }
        });
    return paused;
  }

  /**
   * Why no campaign may issue the update, as a sentence; empty when it is not withdrawn. The audit
   * log is asked too, so that a withdrawal that was taken out of the row by hand still counts.
   */
  static Optional<String> withdrawal(FleetStore store, Definitions.Update update) {
    String name = update.name() + " " + update.version();
    if (update.withdrawnAt() != null) {
      return Optional.of("update %s was withdrawn: %s".formatted(name, update.withdrawnReason()));
    }
    boolean isLogged =
        store.read(
            db ->
                db.text("select count(*) > 0 from audit_log where act = :act and subject = :update")
                    .param("act", WITHDRAWN)
                    .param("update", name)
                    .query(Boolean.class)
                    .single());
    return isLogged
        ? Optional.of("update %s was withdrawn, which was altered in the store".formatted(name))
        : Optional.empty();
  }
}
