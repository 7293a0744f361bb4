package convoy.data.duckdb;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Known vehicles that a full export did not name. Nothing follows from that by itself; a person can
 * retire them, which takes them out of every campaign until a newer export tells of them again.
 */
public final class MissingVehicles {
  private MissingVehicles() {}

  /**
   * A full export that lacked vehicles.
   *
   * @param asOf the export's own time
   * @param missing how many it lacked when it landed
   * @param stillMissing how many of these nothing newer has told of, and that are not retired
   */
  public record Export(String sha256, String name, Instant asOf, long missing, long stillMissing) {}

  /** A vehicle that is still missing. */
  public record Vehicle(String vin, String model, @Nullable String plant, Instant lastSeenAt) {}

  /** The exports that lacked vehicles, newest first. */
  public static List<Export> exports(FleetStore store) {
    return store.read(
        db ->
            db.sql("missing/exports")
                .query(
                    (row, i) ->
                        new Export(
                            row.getString("sha256"),
                            row.getString("name"),
                            Objects.requireNonNull(Db.instant(row, "as_of")),
                            row.getLong("missing"),
                            row.getLong("still_missing")))
                .list());
  }

  /** The vehicles that this export lacked and that are still missing. */
  public static List<Vehicle> of(FleetStore store, String sha256) {
    return store.read(
        db ->
            db.sql("missing/vehicles")
                .param("file", FileId.of(sha256))
                .query(
                    (row, i) ->
                        new Vehicle(
                            row.getString("vin"),
                            row.getString("model"),
                            row.getString("plant"),
                            Objects.requireNonNull(Db.instant(row, "last_seen_at"))))
                .list());
  }

  /** Retires the vehicles that are still missing from that export; gives how many. */
  public static int retire(FleetStore store, Export export, Instant now) {
    int[] retired = new int[1];
    store.transaction(
        db -> {
          db.text(
                  "insert into touched_vehicle select vin from missing_vehicle where file_id = :file")
              .param("file", FileId.of(export.sha256()))
              .update();
          retired[0] = db.sql("missing/retire").param("file", FileId.of(export.sha256())).update();
          AuditLog.append(
              db,
              now,
              "VEHICLES_RETIRED",
              export.name(),
              null,
              "%d vehicles, missing from the full export as of %s"
                  .formatted(retired[0], export.asOf()));
        });
    return retired[0];
  }
}
