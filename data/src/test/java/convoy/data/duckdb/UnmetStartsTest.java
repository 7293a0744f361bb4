package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The update changes ABS from 2.0.x; a fleet without vehicles says nothing of versions. */
class UnmetStartsTest extends StoreTest {
  private static final String T1 = "2026-10-01T10:00:00Z";
  private static final Updates.Start ABS = new Updates.Start("ABS", ">=2.0.0 <2.1.0");

  @Test
  void startsThatNothingHasAreNamed() {
    assertThat(Updates.unmetStarts(store, Samples.BRAKES)).isEmpty();
    land(store, "a.csv", vehicle(1, "V1", "ASTER", "DE", T1), ecu(2, "V1", "ABS", "2.1.0", T1));
    assertThat(Updates.unmetStarts(store, Samples.BRAKES)).containsExactly(ABS);
    land(store, "b.csv", vehicle(1, "V2", "ASTER", "DE", T1), ecu(2, "V2", "ABS", "2.0.0", T1));
    assertThat(Updates.unmetStarts(store, Samples.BRAKES)).isEmpty();
  }

  @Test
  void whatAnotherUpdateLeadsToIsMetAndWhatItLeadsToItselfIsNot() {
    land(store, "a.csv", vehicle(1, "V1", "ASTER", "DE", T1), ecu(2, "V1", "ABS", "1.0.0", T1));
    Definitions.registerUpdate(store, "brakes", "1.0.0", Samples.BRAKES, Fleet.NOW);
    assertThat(Updates.unmetStarts(store, Samples.BRAKES)).containsExactly(ABS);
    String earlier =
        Samples.update("earlier", "[]", Samples.target("ABS", 1, "[]", "1.0.0", "2.0.5"));
    Definitions.registerUpdate(store, "earlier", "1.0.0", earlier, Fleet.NOW);
    assertThat(Updates.unmetStarts(store, Samples.BRAKES)).isEmpty();
    Updates.withdraw(store, "earlier", "1.0.0", "wrong", Fleet.NOW);
    assertThat(Updates.unmetStarts(store, Samples.BRAKES)).containsExactly(ABS);
  }
}
