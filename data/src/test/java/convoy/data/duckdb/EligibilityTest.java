package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.eligibility.Assessment;
import convoy.data.eligibility.Reason;
import convoy.data.eligibility.Verdict;
import java.util.Map;
import java.util.stream.Collectors;
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

    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);

    assertThat(reasons("FITS")).isEqualTo("ELIGIBLE []");
    assertThat(reasons("CURRENT"))
        .isEqualTo("INELIGIBLE [ALREADY_CURRENT ABS 2.1.0 / another version than 2.1.0]");
    assertThat(reasons("NEWER")).isEqualTo("INELIGIBLE [WOULD_DOWNGRADE ABS 2.2.0 / below 2.1.0]");
    assertThat(reasons("OLD")).isEqualTo("INELIGIBLE [VERSION_TOO_OLD ABS 1.9.0 / >=2.0.0 <2.1.0]");
    assertThat(reasons("NO-ABS")).isEqualTo("INELIGIBLE [MODULE_MISSING ABS none / ABS]");
    assertThat(reasons("EXCLUDED"))
        .isEqualTo(
            "INELIGIBLE [EXCLUDED EXCLUDED / not on the campaign's list of vehicles to leave out]");
    assertThat(reasons("THREE-FAULTS"))
        .isEqualTo(
            "INELIGIBLE [WRONG_MODEL BOREAL / ASTER, REGION_RESTRICTED FR / DE,"
                + " HARDWARE_UNSUPPORTED ABS HW-9, version H1 / HW-1 or HW-2]");
    assertThat(Eligibility.counts(store, "c"))
        .isEqualTo(
            new Eligibility.Counts(
                1,
                6,
                0,
                Map.of(
                    Verdict.INELIGIBLE,
                    Map.of(
                        Reason.ALREADY_CURRENT, 1L,
                        Reason.WOULD_DOWNGRADE, 1L,
                        Reason.VERSION_TOO_OLD, 1L,
                        Reason.MODULE_MISSING, 1L,
                        Reason.EXCLUDED, 1L,
                        Reason.WRONG_MODEL, 1L,
                        Reason.REGION_RESTRICTED, 1L,
                        Reason.HARDWARE_UNSUPPORTED, 1L))));
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
        .isEqualTo(
            "INELIGIBLE [ALREADY_CURRENT GATEWAY 2.0.0 / another version than 2.0.0,"
                + " ALREADY_CURRENT INFOTAINMENT 6.0.0 / another version than 6.0.0]");
    assertThat(reasons("ONE-MISSING"))
        .isEqualTo("INELIGIBLE [MODULE_MISSING INFOTAINMENT none / INFOTAINMENT]");
  }

  @Test
  void matchingAgainReplacesTheEarlierVerdicts() {
    fleet();
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    var once = Eligibility.counts(store, "c");

    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);

    assertThat(Eligibility.counts(store, "c")).isEqualTo(once);
    assertThat(once.fleet()).isEqualTo(7);
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
    Assessment assessment =
        Explanations.of(store, vin, Fleet.MATCHING, Fleet.NOW).stream()
            .filter(a -> a.campaign().equals("c"))
            .findFirst()
            .orElseThrow();
    return assessment.verdict()
        + assessment.findings().stream()
            .map(
                f ->
                    f.reason()
                        + (f.module() == null ? " " : " " + f.module() + " ")
                        + f.found()
                        + " / "
                        + f.expected())
            .collect(Collectors.joining(", ", " [", "]"));
  }
}
