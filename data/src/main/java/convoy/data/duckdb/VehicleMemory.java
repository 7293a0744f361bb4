package convoy.data.duckdb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What vehicles know of themselves, for the one who plays them: their manifests say only what is to
 * come.
 */
public final class VehicleMemory {
  /** What a vehicle is. */
  public record Vehicle(String model, String region) {}

  private final Map<String, Vehicle> vehicles = new HashMap<>();
  private final Map<String, String> before = new HashMap<>();
  private final Set<String> rollbacks = new HashSet<>();

  private VehicleMemory() {}

  /** Of all vehicles for which a manifest was ever prepared. */
  public static VehicleMemory read(FleetStore store) {
    VehicleMemory memory = new VehicleMemory();
    store.read(
        db ->
            db.sql("inventory/vehicle_memory")
                .query(
                    (row, i) -> {
                      String vin = row.getString("vin");
                      String manifest = vin + "/" + row.getLong("version");
                      if (row.getBoolean("rollback")) {
                        memory.rollbacks.add(manifest);
                      }
                      memory.vehicles.putIfAbsent(
                          vin, new Vehicle(row.getString("model"), row.getString("region")));
                      return memory.before.put(
                          manifest + "/" + row.getString("module"),
                          row.getString("before_version"));
                    })
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

  /**
   * The vehicle that got a manifest.
   *
   * @throws NullPointerException of one without any
   */
  public Vehicle vehicle(String vin) {
    return Objects.requireNonNull(vehicles.get(vin), "a vehicle without a manifest");
  }

  /**
   * The version that a module ran before a manifest.
   *
   * @throws NullPointerException of a manifest that was not issued here
   */
  public String versionBefore(String vin, long manifestVersion, String module) {
    return Objects.requireNonNull(
        before.get(vin + "/" + manifestVersion + "/" + module),
        "a manifest that was not issued here");
  }

  /** Whether the manifest takes its vehicle back to the versions from before its campaign. */
  public boolean isRollback(String vin, long manifestVersion) {
    return rollbacks.contains(vin + "/" + manifestVersion);
  }
}
