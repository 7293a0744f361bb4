package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.flat;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.rejected;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.vehicle.CheckedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LandingTest extends StoreTest {
  private static final String T1 = "2026-10-01T10:00:00Z";
  private static final String T2 = "2026-10-02T10:00:00Z";
  private static final String T3 = "2026-10-03T10:00:00Z";

  /** As many as DuckDB keeps in one row group: import.chunk-rows may be set to more. */
  @Test
  void aChunkOfVeryManyRowsLandsWhole() {
    CheckedRow[] rows =
        IntStream.range(0, 122_880)
            .mapToObj(i -> vehicle(i + 2, "WVWZZZ1KZA%07d".formatted(i), "ASTER", "DE", T1))
            .toArray(CheckedRow[]::new);

    assertThat(Fleet.landFull(store, "vehicles.csv", null, rows).rows().accepted())
        .isEqualTo(rows.length);
    assertThat(
            store.<Long>read(
                db -> db.text("select count(*) from vehicle").query(Long.class).single()))
        .isEqualTo(rows.length);
  }

  @Test
  void rowsReadAreAcceptedOrUnchangedOrQuarantined() {
    land(
        store,
        "vehicles.csv",
        vehicle(2, "A", "ASTER", "DE", T1),
        vehicle(3, "B", "ASTER", "FR", T1));

    var entry =
        land(
            store,
            "ecus.csv",
            ecu(2, "A", "ABS", "2.0.0", T1),
            rejected(3, "VIN_SHAPE"),
            ecu(4, "A", "ABS", "2.0.1", T1),
            ecu(5, "C", "ABS", "2.0.0", T1),
            ecu(6, "B", "ABS", "2.0.0", T1));

    assertThat(entry.rows()).isEqualTo(new RowCounts(5, 2, 0, 3));
    assertThat(Fleet.ecus(store)).containsExactly("A ABS 2.0.0 FACTORY", "B ABS 2.0.0 FACTORY");
    assertThat(quarantine("ecus.csv"))
        .containsExactly(
            "3 VIN_SHAPE found, expected expected: raw 3",
            "4 DUPLICATE A ABS, expected once in a file; it stands first on line 2: raw 4",
            "5 ECU_WITHOUT_VEHICLE C, expected the VIN of a vehicle in this file or in the fleet: raw 5");
  }

  @Test
  void theSameFactsAgainAreUnchanged() {
    land(
        store,
        "one.csv",
        flat(2, "A", "ASTER", "ABS", "2.0.0", T1),
        flat(3, "A", "ASTER", "BCM", "1.0.0", T1));

    var again =
        land(
            store,
            "two.csv",
            flat(2, "A", "ASTER", "ABS", "2.0.0", T2),
            flat(3, "A", "ASTER", "BCM", "1.1.0", T2));

    assertThat(again.rows()).isEqualTo(new RowCounts(2, 1, 1, 0));
  }

  @Test
  void anOlderExportThatArrivesLateOverwritesNothing() {
    land(store, "new.csv", flat(2, "A", "ASTER", "ABS", "2.1.0", T2));

    var late = land(store, "old.csv", flat(2, "A", "OLD NAME", "ABS", "2.0.0", T1));

    assertThat(late.rows()).isEqualTo(new RowCounts(1, 0, 1, 0));
    assertThat(Fleet.ecus(store)).containsExactly("A ABS 2.1.0 FACTORY");
  }

  @Test
  void aConfirmationMovesTheTimeAtWhichTheFactWasTrue() {
    land(store, "first.csv", flat(2, "A", "ASTER", "ABS", "2.1.0", T1));
    land(store, "third.csv", flat(2, "A", "ASTER", "ABS", "2.1.0", T3));

    land(store, "second.csv", flat(2, "A", "ASTER", "ABS", "2.0.0", T2));

    assertThat(Fleet.ecus(store)).containsExactly("A ABS 2.1.0 FACTORY");
  }

  @Test
  void flatRowsThatContradictTheirVehicleAreQuarantined() {
    var entry =
        land(
            store,
            "flat.csv",
            flat(2, "A", "ASTER", "ABS", "2.0.0", T1),
            flat(3, "A", "BOREAL", "BCM", "1.0.0", T1));

    assertThat(entry.rows()).isEqualTo(new RowCounts(2, 1, 0, 1));
    assertThat(quarantine("flat.csv")).singleElement().asString().startsWith("3 VEHICLE_DIFFERS {");
  }

  @Test
  void landingAFileAgainChangesNothing() {
    var once = land(store, "one.csv", flat(2, "A", "ASTER", "ABS", "2.0.0", T1));

    var twice =
        Landing.manufacturing(
            store, Fleet.file("one.csv"), Fleet.export(List.of()), "run-2", Fleet.NOW);

    assertThat(twice).isEqualTo(once);
    assertThat(count("import_file")).isEqualTo(1);
    assertThat(count("observation")).isEqualTo(1);
    assertThat(count("duckdb_tables() where starts_with(table_name, 'staged_ecu_')")).isZero();
    assertThat(count("step_position")).isZero();
  }

  @Test
  void anyOrderOfTheSameFilesEndsInTheSameInventory() throws IOException {
    land(store, "b.csv", flat(2, "A", "ASTER", "ABS", "2.0.0", T1));
    land(store, "a.csv", flat(2, "A", "ASTER", "ABS", "2.0.5", T1));
    List<String> forward = Fleet.ecus(store);
    store.close();
    store = Fleet.open(Files.createDirectory(folder.resolve("other")));

    land(store, "a.csv", flat(2, "A", "ASTER", "ABS", "2.0.5", T1));
    land(store, "b.csv", flat(2, "A", "ASTER", "ABS", "2.0.0", T1));

    assertThat(Fleet.ecus(store)).isEqualTo(forward);
  }

  @Test
  void theAuditLogIsAChain() {
    land(store, "one.csv", flat(2, "A", "ASTER", "ABS", "2.0.0", T1));
    land(store, "two.csv", flat(2, "A", "ASTER", "ABS", "2.0.1", T2));
    land(store, "three.csv", flat(2, "A", "ASTER", "ABS", "2.0.2", T3));
    assertThat(AuditLog.fault(AuditLog.lines(store))).isEmpty();

    store.transaction(db -> db.text("update audit_log set who = 'nobody' where seq = 2").update());
    assertThat(AuditLog.fault(AuditLog.lines(store)))
        .contains(
            "audit line 2 (FILE_LANDED two.csv): its hash is not that of its content: it was altered");

    store.transaction(db -> db.text("delete from audit_log where seq = 2").update());
    assertThat(AuditLog.fault(AuditLog.lines(store)))
        .contains("audit line 2: found line 3 in its place: a line was removed");
  }

  private List<String> quarantine(String file) {
    return store.read(
        db ->
            db.text(
                    "select line || ' ' || rule || ' ' || found || ', expected ' || expected || ': ' || raw"
                        + " from quarantine where file = :file order by line")
                .param("file", file)
                .query(String.class)
                .list());
  }

  private long count(String table) {
    return store.read(db -> db.text("select count(*) from " + table).query(Long.class).single());
  }
}
