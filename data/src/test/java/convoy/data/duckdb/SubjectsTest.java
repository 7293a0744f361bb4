package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubjectsTest extends StoreTest {
  /** More than DuckDB keeps in one row group, as a wave of a large campaign has. */
  private static final int VEHICLES = 130_000;

  @Test
  void aWaveOfMoreVehiclesThanARowGroupIsLookedAtWhole() {
    store.transaction(
        db ->
            db.text(
                    """
                  insert into vehicle (vin, model, model_year, powertrain, region, manufactured_on, observed_at,
                    source_file, source_line)
                  select printf('WVWZZZ1KZA%07d', i), 'Aldera', 2025, 'PETROL', 'DE', date '2025-07-30',
                    timestamp '2026-11-20 22:00:00', 1, i
                  from range(:vehicles) t(i)
                  """)
                .param("vehicles", VEHICLES)
                .update());
    store.transaction(
        db -> {
          db.text("create temp table wave as select vin from vehicle").update();
          Subjects.fresh(db, "wave");
          assertThat(
                  db.text("select count(distinct vin) from vehicle_profile")
                      .query(Integer.class)
                      .single())
              .isEqualTo(VEHICLES);
        });
    assertThat(
            store.<Long>read(
                db -> db.text("select count(*) from vehicle_profile").query(Long.class).single()))
        .as("the store's own profiles, which matching makes")
        .isZero();
  }
}
