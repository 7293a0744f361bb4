package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.eligibility.PlainModules;
import convoy.data.eligibility.PlainVehicle;
import convoy.data.eligibility.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The matching decides on random fleets as the document does, read sentence by sentence by {@link
 * convoy.data.eligibility.PlainEligibility}.
 */
class EligibilityPropertyTest {
  private static final int VEHICLES = 60;

  @TempDir Path folder;

  @Test
  void everyVehicleIsDecidedAsTheDocumentSays() {
    String all = String.join("\n", decides(34));

    assertThat(Reason.values())
        .as("reasons that occur with seed 34")
        .allMatch(reason -> all.contains(" " + reason + " "));
  }

  @Test
  void nightsCostWhatChangedAndEndAsIfAllWereDecidedAnew() {
    nights(2, 3);
  }

  @Test
  void oneCellChangesTheVerdictsOfItsVehicleAlone() {
    flips(3, 2);
  }

  static LongStream seeds() {
    return LongStream.range(100, 124);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("seeds")
  void soItIsForManyOtherFleets(long seed) {
    decides(seed);
    nights(seed, 5);
    flips(seed, 6);
  }

  private List<String> decides(long seed) {
    try (FleetStore store = open("decides")) {
      Random random = new Random(seed);
      PlainWorld world = new PlainWorld(store);
      RandomEvents events = new RandomEvents(world, random);
      RandomDefinitions definitions = new RandomDefinitions(world, random);
      events.fleet(4 * VEHICLES);
      definitions.begin(9, 9);
      for (int i = 0; i < 10; i++) {
        events.issue(events.draw());
      }
      match(store, world, "seed " + seed);
      for (int i = 0; i < 3; i++) {
        explains(store, world, events.draw(), "seed " + seed);
      }
      return PlainReckoning.expected(world);
    }
  }

  private void nights(long seed, int last) {
    try (FleetStore store = open("nights");
        FleetStore anew = open("anew")) {
      Random random = new Random(seed);
      PlainWorld world = new PlainWorld(store);
      RandomEvents events = new RandomEvents(world, random);
      RandomDefinitions definitions = new RandomDefinitions(world, random);
      events.fleet(VEHICLES);
      definitions.begin(6, 4);
      match(store, world, "seed %d, first night".formatted(seed));
      for (int night = 2; night <= last; night++) {
        world.now = world.now.plus(Duration.ofDays(random.nextInt(3)));
        aDay(world, events, definitions, random);
        match(store, world, "seed %d, night %d".formatted(seed, night));
        explains(store, world, events.draw(), "seed %d, night %d".formatted(seed, night));
      }
      world.repeat(anew);
      match(anew, world, "seed %d, anew".formatted(seed));
      assertThat(sets(store)).as("seed %d", seed).isEqualTo(sets(anew));
    }
  }

  private static void aDay(
      PlainWorld world, RandomEvents events, RandomDefinitions definitions, Random random) {
    for (int i = random.nextInt(8); i > 0; i--) {
      PlainVehicle vehicle = events.draw();
      switch (random.nextInt(10)) {
        case 0 -> events.confirm(vehicle);
        case 1 -> events.tellLate(vehicle);
        case 2 -> events.issue(vehicle);
        case 3 -> events.retire("LEAVING-2");
        case 4 -> definitions.withdraw();
        case 5 -> {
          definitions.registerUpdate();
          definitions.registerCampaign();
        }
        case 6 -> {
          if (world.campaigns.size() > 3) {
            definitions.abort();
          }
        }
        case 7 -> world.modules = PlainModules.first().withLater();
        default -> events.flip(vehicle);
      }
    }
  }

  private void flips(long seed, int flips) {
    try (FleetStore store = open("flips")) {
      Random random = new Random(seed);
      PlainWorld world = new PlainWorld(store);
      RandomEvents events = new RandomEvents(world, random);
      RandomDefinitions definitions = new RandomDefinitions(world, random);
      events.fleet(VEHICLES);
      definitions.begin(6, 4);
      match(store, world, "seed " + seed);
      for (int i = 0; i < flips; i++) {
        PlainVehicle vehicle = events.draw();
        String about = "seed %d, flip %d of %s".formatted(seed, i, vehicle.vin());
        Map<String, List<String>> before = verdicts(store);
        events.flip(vehicle);
        match(store, world, about);
        Map<String, List<String>> after = verdicts(store);
        before.remove(vehicle.vin());
        after.remove(vehicle.vin());
        assertThat(after).as(about).isEqualTo(before);
        explains(store, world, Objects.requireNonNull(world.vehicles.get(vehicle.vin())), about);
      }
    }
  }

  private FleetStore open(String name) {
    Path home = folder.resolve(name);
    try {
      return Fleet.open(Files.createDirectories(home));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void match(FleetStore store, PlainWorld world, String about) {
    Eligibility.match(store, world.rules(), world.now);
    assertThat(PlainReckoning.matched(store))
        .as(about)
        .containsExactlyInAnyOrderElementsOf(PlainReckoning.expected(world));
    PlainReckoning.requireWholeFleet(store, world, about);
  }

  private static void explains(
      FleetStore store, PlainWorld world, PlainVehicle vehicle, String about) {
    assertThat(PlainReckoning.explained(store, world, vehicle.vin()))
        .as("%s, %s", about, vehicle)
        .isEqualTo(PlainReckoning.expected(world, vehicle));
  }

  /** The campaigns in which each vehicle is eligible or undecided. */
  private static Map<String, List<String>> verdicts(FleetStore store) {
    Map<String, List<String>> verdicts = new TreeMap<>();
    store.read(
        db ->
            db.text(
                    "select vin, list(campaign || ' ' || verdict order by campaign) from"
                        + " (select vin, campaign, 'ELIGIBLE' as verdict from eligible"
                        + " union all select vin, campaign, 'UNKNOWN' from undecided) group by vin")
                .query((row, i) -> verdicts.put(row.getString(1), List.of(row.getString(2))))
                .list());
    return verdicts;
  }

  /** How many vehicles have exactly which reasons. */
  private static List<String> sets(FleetStore store) {
    return store.read(
        db ->
            db.text(
                    "select concat_ws(' ', f.campaign, f.faults, f.vehicles) from fault_count f"
                        + " join campaign c on c.campaign = f.campaign and c.state <> 'ABORTED' order by all")
                .query(String.class)
                .list());
  }
}
