package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.flat;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.landFull;
import static convoy.data.duckdb.Fleet.rejected;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.vehicle.CheckedRow;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a landing says beside its counts: who waits, who is missing, what is worth a look. */
class LandingNotesTest extends StoreTest {
  private static final String T1 = "2026-10-01T10:00:00Z";
  private static final String T2 = "2026-10-02T10:00:00Z";
  private static final String T3 = "2026-10-03T10:00:00Z";

  @Test
  void anEcuThatCameBeforeItsVehicleIsTakenOverWhenTheVehicleComes() {
    var early =
        land(store, "ecus.csv", ecu(2, "A", "ABS", "2.0.0", T1), ecu(3, "B", "ABS", "2.0.0", T1));
    assertThat(early.rows()).isEqualTo(new RowCounts(2, 0, 0, 2));
    land(store, "newer.csv", ecu(2, "A", "ABS", "2.1.0", T2));

    var late = land(store, "vehicles.csv", vehicle(2, "A", "ASTER", "DE", T1));

    assertThat(late.rows()).isEqualTo(new RowCounts(1, 1, 0, 0));
    assertThat(late.notes()).isEqualTo(new ImportLedger.Notes(0, 0, 2));
    assertThat(Fleet.ecus(store)).containsExactly("A ABS 2.1.0 FACTORY");
    assertThat(rows("select software_version from observation order by observed_at"))
        .containsExactly("2.0.0", "2.1.0");
    assertThat(rows("select file || ' ' || found from quarantine where released_at is null"))
        .containsExactly("ecus.csv B");
    assertThat(rows("select vin from waiting_ecu")).containsExactly("B");
  }

  @Test
  void aFullExportListsWhomItLacksAndChangesNothingOfThem() {
    land(
        store, "first.csv", vehicle(2, "A", "ASTER", "DE", T1), vehicle(3, "B", "ASTER", "DE", T1));

    var full = landFull(store, "full.csv", null, vehicle(2, "A", "ASTER", "DE", T2));

    assertThat(full.notes()).isEqualTo(new ImportLedger.Notes(0, 1, 0));
    assertThat(
            rows(
                "select vin || ' ' || coalesce(retired_at::varchar, '-') from vehicle order by vin"))
        .containsExactly("A -", "B -");
    assertThat(Quarantine.missing(store, Fleet.file("full.csv").sha256()))
        .extracting(Quarantine.Line::found)
        .containsExactly("B");
    assertThat(landFull(store, "other.csv", "WOB", vehicle(2, "A", "ASTER", "DE", T3)).notes())
        .as("of another plant")
        .isEqualTo(ImportLedger.Notes.NONE);
  }

  @Test
  void aVehicleWhoseRowIsRejectedIsNotMissing() {
    String vin = "WVWKP2BR5RW000002";
    land(store, "first.csv", vehicle(2, vin, "ASTER", "DE", T1));
    CheckedRow bad = rejected(3, "DATE");
    CheckedRow rejected =
        new CheckedRow(
            bad.kind(),
            null,
            3,
            vin.toLowerCase(Locale.ROOT) + ",x",
            null,
            null,
            null,
            bad.rejections(),
            List.of());

    var full =
        landFull(
            store, "full.csv", null, vehicle(2, "WVWKP2BR3RW000001", "ASTER", "DE", T2), rejected);

    assertThat(full.notes()).isEqualTo(ImportLedger.Notes.NONE);
  }

  @Test
  void aRetiredVehicleComesBackWithANewerExport() {
    land(
        store, "first.csv", vehicle(2, "A", "ASTER", "DE", T1), vehicle(3, "B", "ASTER", "DE", T1));
    landFull(store, "full.csv", null, vehicle(2, "A", "ASTER", "DE", T2));
    MissingVehicles.Export export = MissingVehicles.exports(store).get(0);
    assertThat(export.stillMissing()).isEqualTo(1);

    assertThat(MissingVehicles.retire(store, export, Fleet.NOW)).isEqualTo(1);
    assertThat(rows("select vin from vehicle where retired_at is not null")).containsExactly("B");
    assertThat(MissingVehicles.retire(store, export, Fleet.NOW)).as("again").isZero();

    land(store, "late.csv", vehicle(2, "B", "ASTER", "FR", T1));
    assertThat(rows("select vin from vehicle where retired_at is not null"))
        .as("an older word of it changes nothing")
        .containsExactly("B");
    land(store, "newer.csv", vehicle(2, "B", "ASTER", "FR", T3));
    assertThat(rows("select vin from vehicle where retired_at is not null")).isEmpty();
  }

  @Test
  void aFileWithTooManyErrorsIsRefusedWholeAndItsRowsAreListed() {
    CheckedRow[] rows =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    i < 5
                        ? rejected(i + 2, "VIN_SHAPE")
                        : vehicle(i + 2, "V" + i, "ASTER", "DE", T1))
            .toArray(CheckedRow[]::new);

    var entry = land(store, "bad.csv", rows);

    assertThat(entry.outcome()).isEqualTo(ImportLedger.Outcome.REFUSED);
    assertThat(entry.message())
        .isEqualTo(
            "5 of 20 rows (25%) break a rule: expected at most 20% (import.max-error-share)");
    assertThat(rows("select count(*)::varchar from vehicle")).containsExactly("0");
    assertThat(rows("select line || ' ' || rule from quarantine order by row_no"))
        .containsExactly(
            "0 FILE_REFUSED",
            "2 VIN_SHAPE",
            "3 VIN_SHAPE",
            "4 VIN_SHAPE",
            "5 VIN_SHAPE",
            "6 VIN_SHAPE");
  }

  @Test
  void numbersThatTwoVehiclesHaveAreWarnedOf() {
    land(store, "one.csv", flat(2, "A", "ASTER", "ABS", "2.0.0", T1));
    store.transaction(db -> db.text("update ecu set serial = 'B-ABS', source_line = 2").update());

    var entry = land(store, "two.csv", flat(2, "B", "ASTER", "ABS", "2.0.0", T1));

    assertThat(entry.rows()).isEqualTo(new RowCounts(1, 1, 0, 0));
    assertThat(entry.notes().warned()).isEqualTo(1);
    assertThat(Quarantine.warnings(store, Fleet.file("two.csv").sha256()))
        .containsExactly(
            new Quarantine.Line(
                "two.csv",
                null,
                2,
                "serial",
                "SERIAL_TWICE",
                "ABS B-ABS",
                "a serial that vehicle A does not have",
                "raw 2"));
  }

  @Test
  void aLateFactBelongsToTheHistoryOnce() {
    land(store, "new.csv", flat(2, "A", "ASTER", "ABS", "2.1.0", T2));
    land(store, "old.csv", flat(2, "A", "ASTER", "ABS", "2.0.0", T1));
    land(store, "old-again.csv", flat(3, "A", "ASTER", "ABS", "2.0.0", T1));

    assertThat(
            rows(
                "select software_version || ' ' || source_line from observation order by observed_at"))
        .containsExactly("2.0.0 2", "2.1.0 2");
    assertThat(Inventory.history(store, "A"))
        .extracting(e -> e.softwareVersion() + " " + e.sourceFile())
        .containsExactly("2.0.0 old.csv", "2.1.0 new.csv");
  }

  private List<String> rows(String sql) {
    return store.read(db -> db.text(sql).query(String.class).list());
  }
}
