package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.filter.Comparison;
import convoy.data.campaign.filter.Fact;
import convoy.data.campaign.filter.Filter;
import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.VehicleFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SQL lets the same vehicles pass as the plain rules, whatever the filter. */
class FilterSqlTest extends StoreTest {
  private static final List<String> MODELS = List.of("Alder", "Birch \"X\"", "and", "O'Hara");
  private static final List<String> PLANTS = List.of("WOB", "Emden 2", "%");
  private static final List<String> REGIONS = List.of("DE", "FR", "IN", "NO");

  @Test
  void anyFilterLetsTheSameVehiclesPassInSqlAsInJava() {
    for (int n = 1; n <= 2; n++) {
      int seed = n;
      Random random = new Random(seed);
      List<VehicleFacts> fleet =
          IntStream.range(0, 120).mapToObj(i -> vehicle(random, seed, i)).toList();
      land(fleet, "v" + seed + ".csv");
      int undecided = 0;
      for (int i = 0; i < 40; i++) {
        Filter filter = filter(random, 4);
        assertThat(Filter.parse(filter.text())).as(filter.text()).isEqualTo(filter);
        List<String> expected =
            fleet.stream().filter(filter::passes).map(VehicleFacts::vin).sorted().toList();
        assertThat(inSql(filter, fleet)).as("seed %d: %s", seed, filter.text()).isEqualTo(expected);
        int passing = expected.size();
        undecided += passing > 0 && passing < fleet.size() ? 1 : 0;
      }
      assertThat(undecided).as("filters that tell vehicles apart").isGreaterThan(12);
    }
  }

  private void land(List<VehicleFacts> fleet, String name) {
    List<CheckedRow> rows = new ArrayList<>();
    for (VehicleFacts facts : fleet) {
      rows.add(
          new CheckedRow(
              ExportKind.VEHICLES,
              null,
              rows.size() + 2L,
              "raw",
              facts,
              null,
              Instant.parse("2026-10-01T10:00:00Z"),
              List.of(),
              List.of()));
    }
    Fleet.landFull(store, name, null, rows.toArray(CheckedRow[]::new));
  }

  private List<String> inSql(Filter filter, List<VehicleFacts> fleet) {
    Map<String, Object> parameters = new HashMap<>();
    String condition =
        new FilterSql(
                value -> {
                  String name = "value_" + parameters.size();
                  parameters.put(name, value);
                  return ":" + name;
                })
            .condition(filter);
    String prefix = fleet.get(0).vin().substring(0, 10);
    return store.read(
        db ->
            db.text(
                    "select vin from vehicle where left(vin, 10) = :prefix and ("
                        + condition
                        + ") order by vin")
                .param("prefix", prefix)
                .params(parameters)
                .query(String.class)
                .list());
  }

  private static VehicleFacts vehicle(Random random, int seed, int i) {
    return new VehicleFacts(
        "WVWAAA%04d%07d".formatted(seed, i),
        pick(random, MODELS),
        2023 + random.nextInt(4),
        pick(random, List.of(Powertrain.values())),
        pick(random, REGIONS),
        null,
        null,
        LocalDate.of(2025, 3, 1).plusDays(random.nextInt(5)),
        random.nextInt(3) == 0 ? null : pick(random, PLANTS));
  }

  private static Filter filter(Random random, int depth) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(5)) {
      case 0 -> compare(random);
      case 1 -> in(random);
      case 2 -> new Filter.Not(filter(random, depth - 1));
      case 3 -> new Filter.And(parts(random, depth - 1));
      default -> new Filter.Or(parts(random, depth - 1));
    };
  }

  private static List<Filter> parts(Random random, int depth) {
    return Stream.generate(() -> filter(random, depth)).limit(2 + random.nextInt(2)).toList();
  }

  private static Filter compare(Random random) {
    Fact fact = pick(random, List.of(Fact.values()));
    Comparison comparison =
        fact.kind().isOrdered()
            ? pick(random, List.of(Comparison.values()))
            : pick(random, List.of(Comparison.EQUAL, Comparison.NOT_EQUAL));
    return new Filter.Compare(fact, comparison, value(random, fact));
  }

  private static Filter in(Random random) {
    Fact fact = pick(random, List.of(Fact.values()));
    return new Filter.In(
        fact,
        Stream.generate(() -> value(random, fact))
            .limit(1 + random.nextInt(3))
            .distinct()
            .toList());
  }

  private static String value(Random random, Fact fact) {
    return switch (fact) {
      case REGION -> pick(random, REGIONS);
      case MODEL -> pick(random, MODELS);
      case MODEL_YEAR -> Integer.toString(2023 + random.nextInt(4));
      case POWERTRAIN -> pick(random, List.of(Powertrain.values())).name();
      case PLANT -> pick(random, PLANTS);
      case BUILT -> LocalDate.of(2025, 3, 1).plusDays(random.nextInt(5)).toString();
      case VIN -> "WVWAAA%04d%07d".formatted(1 + random.nextInt(3), random.nextInt(120));
    };
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
