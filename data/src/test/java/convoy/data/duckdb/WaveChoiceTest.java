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

  private static List<String> plan(Path folder, List<CheckedRow> rows, int threads, String query) {
    try (FleetStore store =
        FleetStore.open(
            folder.resolve("fleet.duckdb"), new FleetStore.Options("1GB", threads, false))) {
      Fleet.land(store, "fleet.csv", rows.toArray(CheckedRow[]::new));
      Samples.register(store, "c", "maps", "SCHEDULED", 50, Samples.ALL);
      Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
      Waves.plan(store, "c", List.of("canary", "early", "all"), List.of(7L, 21L, 42L), Fleet.NOW);
      return store.read(db -> db.text(query).query(String.class).list());
    }
  }

  @Test
  void everyModelAndRegionIsInEveryWaveInProportion(@TempDir Path folder) {
    assertThat(
            plan(
                folder,
                fleet(),
                2,
                "select concat_ws(' ', wave, region, model, count(*)) from assignment"
                    + " join vehicle using (vin) group by wave, region, model order by all"))
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
  }

  @Test
  void theChoiceIsTheSameInWhateverOrderTheFleetCame(@TempDir Path one, @TempDir Path other) {
    String plan = "select vin || ' ' || wave from assignment order by all";
    List<CheckedRow> shuffled = fleet();
    Collections.shuffle(shuffled, new Random(11));

    assertThat(plan(one, fleet(), 1, plan)).isEqualTo(plan(other, shuffled, 4, plan)).hasSize(70);
  }

  @Test
  void theAuditLogHasTheDigestOfThePlan(@TempDir Path one, @TempDir Path other) {
    String digest = "select after from audit_log where act = 'WAVES_PLANNED'";
    List<CheckedRow> withoutOne = fleet();
    withoutOne.removeIf(row -> row.line() == 3);
    withoutOne.add(Fleet.vehicle(3, "V99", "BREVIK", "DE", T1));
    withoutOne.add(Fleet.ecu(103, "V99", "GATEWAY", "1.5.0", T1));
    withoutOne.add(Fleet.ecu(203, "V99", "INFOTAINMENT", "5.5.0", T1));

    List<String> plan = plan(one, fleet(), 2, digest);

    assertThat(plan).singleElement().asString().matches("plan [0-9a-f]{64}");
    assertThat(plan(other, withoutOne, 2, digest)).as("another vehicle").isNotEqualTo(plan);
  }
}
