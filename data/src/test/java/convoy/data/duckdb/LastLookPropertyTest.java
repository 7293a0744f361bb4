package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.eligibility.PlainCampaign;
import convoy.data.eligibility.PlainEligibility;
import convoy.data.eligibility.PlainUpdate.Target;
import convoy.data.eligibility.PlainVehicle;
import convoy.data.eligibility.Verdict;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Vehicles change between the plan and the issuing, and no matching lies between: a manifest goes
 * out exactly where the document says that the update fits at that moment, for the ECUs that are
 * not in its version, from the first campaign that waits for no other; others follow it.
 */
class LastLookPropertyTest extends StoreTest {
  @Test
  void manifestsGoOutToVehiclesThatTheUpdateFitsAtThatMoment() {
    List<String> manifests = looks(1);

    assertThat(manifests).as("manifests with seed 1").hasSizeGreaterThan(3);
  }

  static LongStream seeds() {
    return LongStream.range(100, 124);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("seeds")
  void soTheyDoInManyOtherFleets(long seed) {
    looks(seed);
  }

  private List<String> looks(long seed) {
    PlainWorld world = new PlainWorld(store);
    Random random = new Random(seed);
    RandomEvents events = new RandomEvents(world, random);
    RandomDefinitions definitions = new RandomDefinitions(world, random);
    events.fleet(60);
    definitions.begin(6, 6);
    Eligibility.match(store, world.rules(), world.now);
    Map<String, List<PlainCampaign>> turns = plan(world);
    for (int i = 0; i < 4; i++) {
      events.flip(events.draw());
    }
    events.retire("LEAVING-2");
    world.now = world.now.plus(Duration.ofHours(20));

    for (String campaign : world.campaigns.keySet()) {
      Fleet.prepare(store, campaign, world.rules(), ZoneOffset.UTC, Fleet.packing(20), world.now);
    }

    List<String> expected = expected(world, turns);
    assertThat(manifests()).as("seed %d", seed).isEqualTo(expected);
    return expected;
  }

  /**
   * Plans all eligible vehicles of all campaigns into one wave each.
   *
   * @return for each vehicle, the campaigns that planned it and wait for no other, as registered
   */
  private Map<String, List<PlainCampaign>> plan(PlainWorld world) {
    PlainEligibility document = world.document();
    for (PlainCampaign campaign : world.campaigns.values()) {
      Waves.plan(
          store,
          campaign.id(),
          List.of("all"),
          List.of(Waves.eligible(store, campaign.id())),
          Fleet.NOW);
    }
    Waves.settleCompetition(store, Fleet.NOW);
    Map<String, List<PlainCampaign>> turns = new TreeMap<>();
    for (PlainVehicle vehicle : world.vehicles.values()) {
      List<PlainCampaign> planned =
          world.campaigns.values().stream()
              .filter(c -> document.of(vehicle, c, Set.of()).verdict() == Verdict.ELIGIBLE)
              .toList();
      turns.put(vehicle.vin(), planned.stream().filter(c -> waitsForNone(c, planned)).toList());
    }
    return turns;
  }

  /** Whether none goes before it that touches it, whether that one has to wait itself or not. */
  private static boolean waitsForNone(PlainCampaign campaign, List<PlainCampaign> planned) {
    // Those of one place stay in the order in which they were registered.
    return planned.stream()
        .sorted(
            Comparator.comparing((PlainCampaign c) -> c.urgency().equals("SCHEDULED"))
                .thenComparing(c -> -c.priority()))
        .takeWhile(other -> !other.equals(campaign))
        .noneMatch(other -> PlainWorld.touch(other.update(), campaign.update()));
  }

  private static List<String> expected(PlainWorld world, Map<String, List<PlainCampaign>> turns) {
    PlainEligibility document = world.document();
    List<String> manifests = new ArrayList<>();
    turns.forEach(
        (vin, campaigns) -> {
          PlainVehicle vehicle = Objects.requireNonNull(world.vehicles.get(vin));
          campaigns.stream()
              .filter(campaign -> document.mayGoOut(vehicle, campaign))
              .findFirst()
              .ifPresent(campaign -> manifests.add(manifest(document, vehicle, campaign)));
        });
    Collections.sort(manifests);
    return manifests;
  }

  private static String manifest(
      PlainEligibility document, PlainVehicle vehicle, PlainCampaign campaign) {
    List<String> changes = new ArrayList<>();
    for (Target target : campaign.update().targets()) {
      if (!document.isIn(vehicle, target)) {
        PlainVehicle.Ecu ecu = Objects.requireNonNull(vehicle.ecus().get(target.module()));
        changes.add("%s %s to %s".formatted(target.module(), ecu.version(), target.to()));
      }
    }
    Collections.sort(changes);
    return "%s %s: %s".formatted(campaign.id(), vehicle.vin(), String.join(", ", changes));
  }

  private List<String> manifests() {
    return store.read(
        db ->
            db.text(
                    """
                    select m.campaign || ' ' || m.vin || ': '
                      || string_agg(concat_ws(' ', t.module, t.before_version, 'to', t.expected_version), ', ' order by t.module)
                    from manifest m
                    left join manifest_target t on t.vin = m.vin and t.version = m.version
                    group by m.campaign, m.vin
                    order by all""")
                .query(String.class)
                .list());
  }
}
