package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.vehicle.CheckedRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which vehicles the waves are made of. */
class WaveChoiceTest {
  private static final String T1 = "2026-10-01T10:00:00Z";
  private static final List<String> REGIONS = List.of("DE", "DE", "DE", "DE", "FR", "FR", "NO");

  private static List<CheckedRow> fleet() {
    List<CheckedRow> rows = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      String vin = "V%02d".formatted(i);
      rows.add(Fleet.vehicle(i, vin, i % 2 == 0 ? "ASTER" : "BREVIK", REGIONS.get(i % 7), T1));
      rows.add(Fleet.ecu(100 + i, vin, "GATEWAY", "1.5.0", T1));
      rows.add(Fleet.ecu(200 + i, vin, "INFOTAINMENT", "5.5.0", T1));
    }
    return rows;
  }

  /** The waves by region and model, each vehicle's wave, and the digest in the audit log. */
  private record Planned(List<String> kinds, List<String> vehicles, List<String> digest) {}

  private static Planned plan(Path folder, List<CheckedRow> rows, int threads) {
    try (FleetStore store =
        FleetStore.open(
            folder.resolve("fleet.duckdb"), new FleetStore.Options("1GB", threads, false))) {
      Fleet.land(store, "fleet.csv", rows.toArray(CheckedRow[]::new));
      Samples.register(store, "c", "maps", "SCHEDULED", 50, Samples.ALL);
      Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
      Waves.plan(store, "c", List.of("canary", "early", "all"), List.of(7L, 21L, 42L), Fleet.NOW);
      return new Planned(
          rows(
              store,
              "select concat_ws(' ', wave, region, model, count(*)) from assignment"
                  + " join vehicle using (vin) group by wave, region, model order by all"),
          rows(store, "select vin || ' ' || wave from assignment order by all"),
          rows(store, "select after from audit_log where act = 'WAVES_PLANNED'"));
    }
  }

  private static List<String> rows(FleetStore store, String query) {
    return store.read(db -> db.text(query).query(String.class).list());
  }

  @Test
  void everyKindIsInEveryWaveInProportionWhateverOrderTheFleetCameIn(
      @TempDir Path one, @TempDir Path other) {
    List<CheckedRow> shuffled = fleet();
    Collections.shuffle(shuffled, new Random(11));

    Planned planned = plan(one, fleet(), 1);

    assertThat(planned.kinds())
        .containsExactly(
            "1 DE ASTER 2",
            "1 DE BREVIK 1",
            "1 FR ASTER 1",
            "1 FR BREVIK 1",
            "1 NO ASTER 1",
            "1 NO BREVIK 1",
            "2 DE ASTER 6",
            "2 DE BREVIK 6",
            "2 FR ASTER 3",
            "2 FR BREVIK 3",
            "2 NO ASTER 2",
            "2 NO BREVIK 1",
            "3 DE ASTER 12",
            "3 DE BREVIK 13",
            "3 FR ASTER 6",
            "3 FR BREVIK 6",
            "3 NO ASTER 2",
            "3 NO BREVIK 3");
    assertThat(planned.digest()).singleElement().asString().matches("plan [0-9a-f]{64}");
    assertThat(planned.vehicles()).hasSize(70);
    assertThat(plan(other, shuffled, 4)).isEqualTo(planned);
  }
}
