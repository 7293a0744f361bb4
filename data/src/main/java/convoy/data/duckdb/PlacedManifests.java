package convoy.data.duckdb;

import convoy.data.delivery.OutboxPath;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the manifests of one vehicle stand, and what they do not say themselves. */
public final class PlacedManifests {
  private PlacedManifests() {}

  /**
   * A manifest.
   *
   * @param isIssued whether it is in the outbox; else it is prepared
   * @param shard where it stands there
   * @param withdraws the version of the manifest that it takes back; null: none
   * @param rollsBack whether it takes the vehicle back to earlier versions
   * @param reason a sentence, by whom and why it does the one or the other; null: it does neither
   */
  public record Placed(
      long version,
      String campaign,
      boolean isIssued,
      OutboxPath shard,
      Instant issuedAt,
      @Nullable Long withdraws,
      boolean rollsBack,
      @Nullable String reason) {

    /** The same, when it stands in the outbox. */
    public Placed issued() {
      return new Placed(version, campaign, true, shard, issuedAt, withdraws, rollsBack, reason);
    }
  }

  /** Those of the vehicle, oldest first. */
  public static List<Placed> of(FleetStore store, String vin) {
    return store.read(
        db ->
            db.sql("inventory/placed_manifests")
                .param("vin", vin)
                .query(
                    (row, i) ->
                        new Placed(
                            row.getLong("version"),
                            row.getString("campaign"),
                            "ISSUED".equals(row.getString("state")),
                            OutboxPath.shard(
                                row.getString("campaign"), row.getInt("wave"), row.getInt("shard")),
                            Objects.requireNonNull(Db.instant(row, "issued_at")),
                            row.getObject("withdraws", Long.class),
                            row.getBoolean("rolls_back"),
                            row.getString("reason")))
                .list());
  }

  /** The versions that its ECUs ran before, by their serials. */
  public static Map<String, String> before(FleetStore store, String vin, long version) {
    return store.read(
        db -> {
          Map<String, String> before = new HashMap<>();
          db.sql("inventory/before_manifest")
              .param("vin", vin)
              .param("version", version)
              .query(
                  row -> {
                    before.put(row.getString("ecu_serial"), row.getString("before_version"));
                  });
          return before;
        });
  }
}
