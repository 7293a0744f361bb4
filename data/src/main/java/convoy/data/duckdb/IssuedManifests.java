package convoy.data.duckdb;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was issued for a campaign. */
public final class IssuedManifests {
  private IssuedManifests() {}

  /**
   * One manifest that a vehicle was given.
   *
   * @param state of the vehicle's assignment; REPLACED when a later attempt took its place
   * @param publishedAt when its shard was published last; null when it was not
   * @param withdrawnBy the version of the manifest that took it back; null: none did
   * @param withdrawing PREPARED, or ISSUED once that one is in the outbox; null with it
   * @param withdrawnAt null with it
   */
  public record Issued(
      String vin,
      long version,
      int wave,
      int attempt,
      Instant issuedAt,
      Instant expiresAt,
      String state,
      @Nullable Instant publishedAt,
      @Nullable Long withdrawnBy,
      @Nullable String withdrawing,
      @Nullable Instant withdrawnAt) {}

  /**
   * All of a campaign, by VIN and version.
   *
   * @param destination where publishing is asked about
   */
  public static List<Issued> of(FleetStore store, String campaign, String destination) {
    return store.read(
        db ->
            db.sql("campaign/issued")
                .param("campaign", campaign)
                .param("destination", destination)
                .query(
                    (row, i) ->
                        new Issued(
                            row.getString("vin"),
                            row.getLong("version"),
                            row.getInt("wave"),
                            row.getInt("attempt"),
                            Objects.requireNonNull(Db.instant(row, "issued_at")),
                            Objects.requireNonNull(Db.instant(row, "expires_at")),
                            row.getString("state"),
                            Db.instant(row, "published_at"),
                            row.getObject("withdrawn_by", Long.class),
                            row.getString("withdrawing"),
                            Db.instant(row, "withdrawn_at")))
                .list());
  }
}
