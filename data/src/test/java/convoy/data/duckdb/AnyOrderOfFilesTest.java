package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.vehicle.CheckedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files come in any order, and some twice: the inventory is that of their content alone. */
class AnyOrderOfFilesTest {
  private static final List<String> VINS = List.of("A", "B", "C", "D");
  private static final List<String> MODULES = List.of("ABS", "BCM");

  @TempDir Path folder;

  @Test
  void anyOrderAndRepetitionOfFilesEndsInTheSameInventory() throws IOException {
    check(1);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
  void soItDoesForManyOtherFiles(long seed) throws IOException {
    check(seed);
  }

  private void check(long seed) throws IOException {
    Random random = new Random(seed);
    Map<String, CheckedRow[]> files = files(random);
    List<String> names = new ArrayList<>(files.keySet());
    List<String> inOrder = inventory("in-order", names, files);
    for (int i = 0; i < 2; i++) {
      List<String> order = new ArrayList<>(names);
      order.addAll(names.subList(0, 4));
      Collections.shuffle(order, random);
      assertThat(inventory("shuffled-" + i, order, files)).as("%s", order).isEqualTo(inOrder);
    }
  }

  /** Vehicles and ECUs apart or together, of few times, so that files contradict and tie. */
  private static Map<String, CheckedRow[]> files(Random random) {
    Map<String, CheckedRow[]> files = new TreeMap<>();
    for (int i = 0; i < 8; i++) {
      String time = "2026-10-0%dT10:00:00Z".formatted(1 + random.nextInt(3));
      List<CheckedRow> rows = new ArrayList<>();
      int kind = random.nextInt(3);
      for (String vin : VINS) {
        if (random.nextInt(3) == 0) {
          continue;
        }
        String model = random.nextBoolean() ? "ASTER" : "BOREAL";
        if (kind == 0) {
          rows.add(Fleet.vehicle(rows.size() + 2, vin, model, "DE", time));
          continue;
        }
        for (String module : MODULES) {
          String version = "2.%d.0".formatted(random.nextInt(3));
          rows.add(
              kind == 1
                  ? Fleet.ecu(rows.size() + 2, vin, module, version, time)
                  : Fleet.flat(rows.size() + 2, vin, model, module, version, time));
        }
      }
      files.put(
          "seed-%d-%d.csv".formatted(random.nextInt(1000), i), rows.toArray(CheckedRow[]::new));
    }
    return files;
  }

  private List<String> inventory(String name, List<String> order, Map<String, CheckedRow[]> files)
      throws IOException {
    try (FleetStore store = Fleet.open(Files.createDirectory(folder.resolve(name)))) {
      for (String file : order) {
        CheckedRow[] rows = Objects.requireNonNull(files.get(file));
        if (ImportLedger.find(store, Fleet.file(file).sha256()).isEmpty()) {
          Fleet.land(store, file, rows);
        } else {
          Landing.manufacturing(
              store, Fleet.file(file), Fleet.export(List.of(rows)), "run-2", Fleet.NOW);
        }
      }
      return store.read(
          db ->
              db.text(
                      "select to_json(v)::varchar from vehicle v union all select"
                          + " to_json(e)::varchar from ecu e union all select"
                          + " to_json(w)::varchar from waiting_ecu w order by all")
                  .query(String.class)
                  .list());
    }
  }
}
