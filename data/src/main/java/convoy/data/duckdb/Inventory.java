package convoy.data.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the fleet consists of, one vehicle at a time. */
public final class Inventory {
  private Inventory() {}

  /**
   * One vehicle.
   *
   * @param retiredAt since when it is out of use, null while it is not
   */
  public record Vehicle(
      String vin,
      String model,
      int modelYear,
      String powertrain,
      String region,
      LocalDate manufacturedOn,
      @Nullable String plant,
      @Nullable String engineNumber,
      @Nullable String chassisNumber,
      @Nullable Instant retiredAt) {}

  /**
   * One ECU of a vehicle.
   *
   * @param source FACTORY, or STATUS when the vehicle reported it
   * @param sourceFile the file that the facts came from, and the line in it
   */
  public record Ecu(
      String module,
      String serial,
      String hardwarePart,
      String hardwareVersion,
      String softwareVersion,
      @Nullable String calibration,
      String protocol,
      Instant observedAt,
      String source,
      String sourceFile,
      long sourceLine) {}

  /** The vehicle of that VIN. */
  public static Optional<Vehicle> vehicle(FleetStore store, String vin) {
    return store.read(
        db ->
            db.text("select * from vehicle where vin = :vin")
                .param("vin", vin)
                .query(
                    (row, i) ->
                        new Vehicle(
                            row.getString("vin"),
                            row.getString("model"),
                            row.getInt("model_year"),
                            row.getString("powertrain"),
                            row.getString("region"),
                            row.getObject("manufactured_on", LocalDate.class),
                            row.getString("plant"),
                            row.getString("engine_number"),
                            row.getString("chassis_number"),
                            Db.instant(row, "retired_at")))
                .optional());
  }

  /** Its ECUs by module. */
  public static List<Ecu> ecus(FleetStore store, String vin) {
    return store.read(
        db -> db.sql("inventory/ecus").param("vin", vin).query((row, i) -> ecu(row)).list());
  }

  /** What was ever known of its ECUs, by module and time. */
  public static List<Ecu> history(FleetStore store, String vin) {
    return store.read(
        db -> db.sql("inventory/history").param("vin", vin).query((row, i) -> ecu(row)).list());
  }

  private static Ecu ecu(ResultSet row) throws SQLException {
    return new Ecu(
        row.getString("module"),
        row.getString("serial"),
        row.getString("hardware_part"),
        row.getString("hardware_version"),
        row.getString("software_version"),
        row.getString("calibration"),
        row.getString("protocol"),
        Objects.requireNonNull(Db.instant(row, "observed_at")),
        row.getString("source"),
        row.getString("source_file"),
        row.getLong("source_line"));
  }
}
