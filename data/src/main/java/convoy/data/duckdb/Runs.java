package convoy.data.duckdb;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nightly and urgent runs: each is a sequence of jobs under one id, by which a run that was cut off
 * is taken up.
 */
public final class Runs {
  private Runs() {}

  /** What started the jobs. */
  public enum Kind {
    NIGHTLY,
    URGENT,
    /** Issuing between the nights, for all campaigns. */
    ISSUE,
    /** Writing the manifests that take others back, alone. */
    WITHDRAW,
    /** Writing the manifests that take vehicles back, alone. */
    ROLLBACK,
    /** Registering definitions alone, so that they can be approved. */
    REGISTER,
    /** Taking in manufacturing exports alone. */
    IMPORT,
    /** Opening the images that are kept. */
    IMAGES,
    /** Publishing the outbox. */
    PUBLISH
  }

  /** A run; {@code endedAt} and {@code outcome} are null while it is under way or was cut off. */
  public record Run(
      String id,
      Kind kind,
      @Nullable String campaign,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String outcome) {}

  /** The run of that kind (and campaign) that has begun and not ended. */
  public static Optional<Run> unfinished(FleetStore store, Kind kind, @Nullable String campaign) {
    return store.read(
        db ->
            db.text(
                    "select * from run where ended_at is null and kind = :kind"
                        + " and campaign is not distinct from :campaign order by started_at limit 1")
                .param("kind", kind.name())
                .param("campaign", campaign)
                .query((row, i) -> run(row))
                .optional());
  }

  /** Begins a run; its id is the time at which it began, made unique by a number where needed. */
  public static Run begin(FleetStore store, Kind kind, @Nullable String campaign, Instant now) {
    store.transaction(
        db -> {
          long before =
              db.text("select count(*) from run where started_at = :now")
                  .param("now", Db.utc(now))
                  .query(Long.class)
                  .single();
          String id =
              now.toString().replaceAll("[:]", "") + (before == 0 ? "" : "-" + (before + 1));
          db.text("insert into run values (:id, :kind, :campaign, :now, null, null)")
              .param("id", id)
              .param("kind", kind.name())
              .param("campaign", campaign)
              .param("now", Db.utc(now))
              .update();
        });
    return unfinished(store, kind, campaign).orElseThrow();
  }

  /** Ends a run with a word on how it went: DONE, REFUSALS or UNDELIVERED. */
  public static void end(FleetStore store, String id, String outcome, Instant now) {
    store.transaction(
        db ->
            db.text("update run set ended_at = :now, outcome = :outcome where run_id = :id")
                .param("id", id)
                .param("outcome", outcome)
                .param("now", Db.utc(now))
                .update());
  }

  /** Whether there is a run of that id. */
  public static boolean isKnown(FleetStore store, String id) {
    return store.read(
        db ->
            db.text("select count(*) > 0 from run where run_id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single());
  }

  private static Run run(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Run(
        row.getString("run_id"),
        Kind.valueOf(row.getString("kind")),
        row.getString("campaign"),
        Objects.requireNonNull(Db.instant(row, "started_at")),
        Db.instant(row, "ended_at"),
        row.getString("outcome"));
  }
}
