package convoy.data.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Attacks that ECUs detected and reported under their signatures. */
public final class AttackAlerts {
  private AttackAlerts() {}

  /** One ECU's report of an attack. */
  public record Alert(
      Instant reportedAt,
      String vin,
      String module,
      String serial,
      String attacks,
      String sourceFile,
      long sourceLine) {}

  /** Those of the file of these bytes, in file order. */
  public static List<Alert> ofFile(FleetStore store, String sha256) {
    return store.read(db -> ofFile(db, sha256));
  }

  static List<Alert> ofFile(Db db, String sha256) {
    return alerts(db, null, sha256);
  }

  /** Those of a vehicle, oldest first. */
  public static List<Alert> ofVehicle(FleetStore store, String vin) {
    return store.read(db -> alerts(db, vin, null));
  }

  private static List<Alert> alerts(Db db, @Nullable String vin, @Nullable String sha256) {
    return db.sql("inventory/attacks")
        .param("vin", vin)
        .param("sha256", sha256)
        .query((row, i) -> alert(row))
        .list();
  }

  private static Alert alert(ResultSet row) throws SQLException {
    return new Alert(
        Objects.requireNonNull(Db.instant(row, "reported_at")),
        row.getString("vin"),
        row.getString("module"),
        row.getString("ecu_serial"),
        row.getString("attacks"),
        row.getString("source_file"),
        row.getLong("source_line"));
  }
}
