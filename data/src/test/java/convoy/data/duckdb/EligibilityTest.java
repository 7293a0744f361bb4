package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EligibilityTest extends StoreTest {
  private static final String T1 = "2026-10-01T10:00:00Z";

  @Test
  void everyVehicleHasAVerdictWithAllItsReasons() {
    fleet();
    Samples.register(
        store,
        "c",
        "brakes",
        "SCHEDULED",
        50,
        Samples.audience("[\"DE\"]", "[]", "[\"EXCLUDED\"]"));

    Eligibility.match(store, "c", Fleet.NOW);

    assertThat(reasons("FITS")).isEqualTo("ELIGIBLE []");
    assertThat(reasons("CURRENT"))
        .isEqualTo("INELIGIBLE [ALREADY_CURRENT the update's versions / older versions]");
    assertThat(reasons("NEWER")).isEqualTo("INELIGIBLE [WOULD_DOWNGRADE ABS 2.2.0 / 2.1.0]");
    assertThat(reasons("OLD")).isEqualTo("INELIGIBLE [VERSION_TOO_OLD ABS 1.9.0 / >=2.0.0 <2.1.0]");
    assertThat(reasons("NO-ABS")).isEqualTo("INELIGIBLE [MODULE_MISSING ABS none / ABS]");
    assertThat(reasons("EXCLUDED"))
        .isEqualTo("INELIGIBLE [EXCLUDED EXCLUDED / not on the exclusion list]");
    assertThat(reasons("THREE-FAULTS"))
        .isEqualTo(
            "INELIGIBLE [WRONG_MODEL BOREAL / ASTER, REGION_RESTRICTED FR / DE,"
                + " HARDWARE_UNSUPPORTED ABS HW-9 / HW-1 or HW-2]");
    assertThat(Eligibility.counts(store, "c"))
        .isEqualTo(
            new Eligibility.Counts(
                1,
                6,
                Map.of(
                    "ALREADY_CURRENT", 1L,
                    "WOULD_DOWNGRADE", 1L,
                    "VERSION_TOO_OLD", 1L,
                    "MODULE_MISSING", 1L,
                    "EXCLUDED", 1L,
                    "WRONG_MODEL", 1L,
                    "REGION_RESTRICTED", 1L,
                    "HARDWARE_UNSUPPORTED", 1L)));
    assertThat(Waves.eligible(store, "c")).isEqualTo(1);
  }

  @Test
  void anUpdateOfTwoModulesFitsWhileOneOfThemIsBehind() {
    land(
        store,
        "v.csv",
        vehicle(2, "HALF", "ASTER", "DE", T1),
        vehicle(3, "DONE", "ASTER", "DE", T1),
        vehicle(4, "ONE-MISSING", "ASTER", "DE", T1));
    land(
        store,
        "e.csv",
        ecu(2, "HALF", "GATEWAY", "2.0.0", T1),
        ecu(3, "HALF", "INFOTAINMENT", "5.1.0", T1),
        ecu(4, "DONE", "GATEWAY", "2.0.0", T1),
        ecu(5, "DONE", "INFOTAINMENT", "6.0.0", T1),
        ecu(6, "ONE-MISSING", "GATEWAY", "1.5.0", T1));
    Samples.register(store, "c", "maps", "SCHEDULED", 50, Samples.ALL);

    assertThat(reasons("HALF")).isEqualTo("ELIGIBLE []");
    assertThat(reasons("DONE"))
        .isEqualTo("INELIGIBLE [ALREADY_CURRENT the update's versions / older versions]");
    assertThat(reasons("ONE-MISSING"))
        .isEqualTo("INELIGIBLE [MODULE_MISSING INFOTAINMENT none / INFOTAINMENT]");
  }

  @Test
  void matchingAgainReplacesTheEarlierVerdicts() {
    fleet();
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
    Eligibility.match(store, "c", Fleet.NOW);
    var once = Eligibility.counts(store, "c");

    Eligibility.match(store, "c", Fleet.NOW);

    assertThat(Eligibility.counts(store, "c")).isEqualTo(once);
    assertThat(once.eligible() + once.ineligible()).isEqualTo(7);
  }

  private void fleet() {
    land(
        store,
        "v.csv",
        vehicle(2, "FITS", "ASTER", "DE", T1),
        vehicle(3, "CURRENT", "ASTER", "DE", T1),
        vehicle(4, "NEWER", "ASTER", "DE", T1),
        vehicle(5, "OLD", "ASTER", "DE", T1),
        vehicle(6, "NO-ABS", "ASTER", "DE", T1),
        vehicle(7, "EXCLUDED", "ASTER", "DE", T1),
        vehicle(8, "THREE-FAULTS", "BOREAL", "FR", T1));
    land(
        store,
        "e.csv",
        ecu(2, "FITS", "ABS", "2.0.3", T1),
        ecu(3, "CURRENT", "ABS", "2.1.0", T1),
        ecu(4, "NEWER", "ABS", "2.2.0", T1),
        ecu(5, "OLD", "ABS", "1.9.0", T1),
        ecu(6, "NO-ABS", "BCM", "1.0.0", T1),
        ecu(7, "EXCLUDED", "ABS", "2.0.3", T1),
        ecu(8, "THREE-FAULTS", "ABS", "HW-9", "2.0.3", T1));
  }

  /** The verdict on a VIN, as {@code VERDICT [REASON module found / expected, …]}. */
  private String reasons(String vin) {
    return store.read(
        db ->
            db.text(
                    "select verdict || ' [' || array_to_string(list_transform(reasons, lambda r:"
                        + " trim(r.reason || ' ' || r.module) || ' ' || r.found || ' / ' || r.expected), ', ') || ']'"
                        + " from assess('c') where vin = :vin")
                .param("vin", vin)
                .query(String.class)
                .single());
  }
}
