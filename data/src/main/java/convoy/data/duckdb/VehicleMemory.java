package convoy.data.duckdb;

import convoy.data.vehicle.VinRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What vehicles know of themselves, for the one who plays them: their manifests say only what is to
 * come.
 */
public final class VehicleMemory {
  /** What a vehicle is. */
  public record Vehicle(String model, String region) {}

  /**
   * An ECU that a vehicle has or had.
   *
   * @param software what it ran when an export first named it
   * @param since the time of that export
   */
  public record Unit(
      String module, String serial, String hardware, String software, Instant since) {}

  private final Map<String, Vehicle> vehicles = new HashMap<>();
  private final Map<String, String> before = new HashMap<>();
  private final Set<String> rollbacks = new HashSet<>();
  private final Map<String, List<Unit>> units = new HashMap<>();

  private VehicleMemory() {}

  /** Of those of the vehicles for which a manifest was ever prepared. */
  public static VehicleMemory read(FleetStore store, VinRange vins) {
    VehicleMemory memory = new VehicleMemory();
    store.read(
        db ->
            db.sql("inventory/vehicle_memory")
                .param("from", vins.from())
                .param("before", vins.before())
                .query(
                    (row, i) -> {
                      String vin = row.getString("vin");
                      String manifest = vin + "/" + row.getLong("version");
                      if (row.getBoolean("rollback")) {
                        memory.rollbacks.add(manifest + "/" + row.getString("campaign"));
                      }
                      memory.vehicles.putIfAbsent(
                          vin, new Vehicle(row.getString("model"), row.getString("region")));
                      return memory.before.put(
                          manifest + "/" + row.getString("module"),
                          row.getString("before_version"));
                    })
                .list());
    store.read(
        db ->
            db.sql("inventory/vehicle_ecus")
                .param("from", vins.from())
                .param("before", vins.before())
                .query(
                    (row, i) ->
                        memory
                            .units
                            .computeIfAbsent(row.getString("vin"), vin -> new ArrayList<>(2))
                            .add(
                                new Unit(
                                    row.getString("module"),
                                    row.getString("serial"),
                                    row.getString("hardware_part"),
                                    row.getString("software_version"),
                                    Objects.requireNonNull(Db.instant(row, "observed_at")))))
                .list());
    return memory;
  }

  /** By kind ({@code model}, {@code region}, …) all names that the store has. */
  public static Map<String, Set<String>> names(FleetStore store) {
    Map<String, Set<String>> names = new TreeMap<>();
    store.read(
        db ->
            db.sql("inventory/known_names")
                .query(
                    (row, i) ->
                        names
                            .computeIfAbsent(row.getString("kind"), kind -> new HashSet<>())
                            .add(row.getString("name")))
                .list());
    return names;
  }

  /** The vehicle; empty for one without any manifest. */
  public Optional<Vehicle> vehicle(String vin) {
    return Optional.ofNullable(vehicles.get(vin));
  }

  /**
   * The ECUs that a vehicle had at a time: of each module the unit that the newest export until
   * then names; before all exports, the first one.
   */
  public Collection<Unit> ecus(String vin, Instant at) {
    Map<String, Unit> byModule = new TreeMap<>();
    for (Unit unit : units.getOrDefault(vin, List.of())) {
      if (!unit.since().isAfter(at)) {
        byModule.put(unit.module(), unit);
      } else {
        byModule.putIfAbsent(unit.module(), unit);
      }
    }
    return byModule.values();
  }

  /** The version that a module ran before a manifest; empty for one that was not issued here. */
  public Optional<String> versionBefore(String vin, long manifestVersion, String module) {
    return Optional.ofNullable(before.get(vin + "/" + manifestVersion + "/" + module));
  }

  /** Whether the manifest takes its vehicle back to the versions from before that campaign. */
  public boolean isRollback(String vin, long manifestVersion, String campaign) {
    return rollbacks.contains(vin + "/" + manifestVersion + "/" + campaign);
  }
}
