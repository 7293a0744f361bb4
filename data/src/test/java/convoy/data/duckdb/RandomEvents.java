package convoy.data.duckdb;

import convoy.data.eligibility.PlainVehicle;
import convoy.data.eligibility.PlainVehicle.Ecu;
import convoy.data.eligibility.RandomRules;
import convoy.data.vehicle.CheckedRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Random things that happen to a {@link PlainWorld}: each to its store, and to what is true. */
final class RandomEvents {
  /** How long ago a vehicle was heard of, about the limit of 300 days. */
  private static final List<Integer> DAYS = List.of(1, 1, 1, 100, 100, 298, 299, 300, 301);

  private final PlainWorld world;
  private final Random random;

  RandomEvents(PlainWorld world, Random random) {
    this.world = world;
    this.random = random;
  }

  RandomRules rules() {
    return new RandomRules(random, world.modules);
  }

  /** A fleet, of which some vehicles are out of use. */
  void fleet(int vehicles) {
    List<PlainVehicle> fleet = new ArrayList<>();
    for (int i = 0; i < vehicles; i++) {
      fleet.add(newVehicle("VIN-%03d".formatted(i)));
    }
    tell(fleet);
    retire("LEAVING-1");
  }

  private PlainVehicle newVehicle(String vin) {
    RandomRules rules = rules();
    Instant at = world.now.minus(Duration.ofDays(rules.any(DAYS)));
    PlainVehicle vehicle =
        new PlainVehicle(
            vin,
            rules.any(RandomRules.MODELS),
            rules.any(RandomRules.POWERTRAINS),
            rules.any(RandomRules.REGIONS),
            rules.any(List.of("A", "A", "A", "A", "A", "A", "A", "LEAVING-1", "LEAVING-2")),
            false,
            at,
            "",
            null,
            Map.of());
    for (String module : world.modules.codes()) {
      if (random.nextInt(8) > 0) {
        Instant then = random.nextInt(4) > 0 ? at : at.plus(Duration.ofDays(1)).minusSeconds(60);
        vehicle = vehicle.with(module, newEcu(module, then));
      }
    }
    return vehicle;
  }

  private Ecu newEcu(String module, Instant at) {
    RandomRules rules = rules();
    return new Ecu(
        rules.any(RandomRules.HARDWARE),
        rules.any(RandomRules.HARDWARE_VERSIONS),
        rules.any(RandomRules.PROTOCOLS),
        rules.version(module),
        at,
        "");
  }

  /** Lands what these vehicles are now: one file of vehicles, one of all their ECUs. */
  private void tell(List<PlainVehicle> told) {
    tellVehicles(told, null);
    String file = world.nextFile();
    List<CheckedRow> rows = new ArrayList<>();
    for (PlainVehicle vehicle : told) {
      for (String module : new TreeSet<>(vehicle.ecus().keySet())) {
        Ecu ecu = Objects.requireNonNull(vehicle.ecus().get(module));
        rows.add(PlainExports.row(rows.size() + 2, vehicle.vin(), module, ecu));
        Ecu kept = ecu.told(ecu.toldAt(), file + " " + (rows.size() + 1));
        world.vehicles.computeIfPresent(vehicle.vin(), (v, known) -> known.with(module, kept));
      }
    }
    if (!rows.isEmpty()) {
      world.happens(store -> PlainExports.land(store, file, null, rows));
    }
  }

  /** Lands the vehicles themselves, without ECUs. */
  private void tellVehicles(List<PlainVehicle> told, @Nullable String fullExportOf) {
    String file = world.nextFile();
    List<CheckedRow> rows = new ArrayList<>();
    for (PlainVehicle vehicle : told) {
      rows.add(PlainExports.row(rows.size() + 2, vehicle));
      world.vehicles.put(
          vehicle.vin(), vehicle.told(vehicle.toldAt(), file + " " + (rows.size() + 1)));
    }
    world.happens(store -> PlainExports.land(store, file, fullExportOf, rows));
  }

  /** A full export of the plant names one new vehicle, and the others are retired. */
  void retire(String plant) {
    Instant at = world.next();
    tellVehicles(
        List.of(
            new PlainVehicle(
                "ANCHOR-" + world.nextFile(),
                "ASTER",
                RandomRules.POWERTRAINS.get(0),
                "DE",
                "A",
                false,
                at,
                "",
                null,
                Map.of())),
        plant);
    world.vehicles.replaceAll((vin, v) -> v.plant().equals(plant) ? v.retired() : v);
    world.happens(
        store ->
            MissingVehicles.exports(store).stream()
                .findFirst()
                .ifPresent(export -> MissingVehicles.retire(store, export, Fleet.NOW)));
  }

  /** One cell of the vehicle changes: of the vehicle itself, or of an ECU, which may be new. */
  void flip(PlainVehicle v) {
    RandomRules rules = rules();
    Instant at = world.next();
    if (random.nextInt(4) == 0) {
      int cell = random.nextInt(3);
      tellVehicles(
          List.of(
              new PlainVehicle(
                  v.vin(),
                  cell == 0 ? rules.any(RandomRules.MODELS) : v.model(),
                  cell == 1 ? rules.any(RandomRules.POWERTRAINS) : v.powertrain(),
                  cell == 2 ? rules.any(RandomRules.REGIONS) : v.region(),
                  v.plant(),
                  false,
                  at,
                  "",
                  v.reportedAt(),
                  v.ecus())),
          null);
      return;
    }
    String module = rules.any(world.modules.codes());
    Ecu fresh = newEcu(module, at);
    Ecu known = v.ecus().getOrDefault(module, fresh);
    int cell = random.nextInt(6);
    Ecu flipped =
        new Ecu(
            cell == 0 ? fresh.hardware() : known.hardware(),
            cell == 1 ? fresh.hardwareVersion() : known.hardwareVersion(),
            cell == 2 ? fresh.protocol() : known.protocol(),
            cell > 2 ? fresh.version() : known.version(),
            at,
            "");
    tellEcu(v, module, flipped, true);
  }

  /** What is older than what is known changes nothing. */
  void tellLate(PlainVehicle v) {
    String module = rules().any(world.modules.codes());
    Ecu known = v.ecus().get(module);
    if (known != null) {
      tellEcu(v, module, newEcu(module, known.toldAt().minusSeconds(3600)), false);
    }
  }

  /** The same facts again: what is known is newer, and nothing else changes. */
  void confirm(PlainVehicle v) {
    if (random.nextBoolean()) {
      tellVehicles(List.of(v.told(world.next(), "")), null);
      return;
    }
    String module = rules().any(world.modules.codes());
    Ecu known = v.ecus().get(module);
    if (known != null) {
      tellEcu(v, module, known.told(world.next(), ""), true);
    }
  }

  private void tellEcu(PlainVehicle v, String module, Ecu ecu, boolean isNews) {
    String file = world.nextFile();
    if (isNews) {
      world.vehicles.put(v.vin(), v.with(module, ecu.told(ecu.toldAt(), file + " 2")));
    }
    CheckedRow row = PlainExports.row(2, v.vin(), module, ecu);
    world.happens(store -> PlainExports.land(store, file, null, List.of(row)));
  }

  /** The vehicle has an open manifest of some campaign. */
  void issue(PlainVehicle v) {
    String id = rules().any(List.copyOf(world.campaigns.keySet()));
    if (world.holders.computeIfAbsent(v.vin(), vin -> new TreeSet<>()).add(id)) {
      world.happens(
          store ->
              store.transaction(
                  db ->
                      db.text(
                              "insert into assignment (campaign, vin, wave, state, attempt, state_at)"
                                  + " values (:campaign, :vin, 1, 'ISSUED', 1, :now)")
                          .param("campaign", id)
                          .param("vin", v.vin())
                          .param("now", Db.utc(Fleet.NOW))
                          .update()));
    }
  }

  PlainVehicle draw() {
    return Objects.requireNonNull(
        world.vehicles.get(rules().any(List.copyOf(world.vehicles.keySet()))));
  }
}
