package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.RegionZones;
import convoy.data.eligibility.Assessment;
import convoy.data.eligibility.MatchRules;
import convoy.data.eligibility.PlainCampaign;
import convoy.data.eligibility.PlainRange;
import convoy.data.eligibility.PlainUpdate;
import convoy.data.eligibility.PlainUpdate.Condition;
import convoy.data.eligibility.PlainUpdate.Target;
import convoy.data.update.UpdateCondition.Kind;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Protocol;
import convoy.data.version.VersionScheme;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each reason by itself, and where two meet, in one vehicle: a petrol ASTER of DE. ABS runs 2.0.3,
 * GATEWAY 1.5.0 and RADAR 3.0.0, each on HW-1, version H1, over CAN; BCM runs 9.9.9, which the
 * settings do not list. It has no INFOTAINMENT.
 */
class ReasonsTest extends StoreTest {
  private static final String T1 = "2026-10-01T10:00:00Z";
  private static final MatchRules RULES =
      new MatchRules(
          new ModuleCatalog(
              Stream.of("ABS", "BCM", "GATEWAY", "INFOTAINMENT", "RADAR")
                  .map(m -> new ModuleCatalog.Module(m, scheme(m), List.of()))
                  .toList()),
          Duration.ofDays(300),
          new RegionZones(Map.of(), ZoneOffset.UTC));

  private final Map<String, String> expected = new LinkedHashMap<>();

  @Test
  void everyReasonIsGivenWithWhatWasFoundAndExpected() {
    land(store, "v.csv", vehicle(2, "CAR", "ASTER", "DE", T1));
    land(
        store,
        "e.csv",
        ecu(2, "CAR", "ABS", "2.0.3", T1),
        ecu(3, "CAR", "GATEWAY", "1.5.0", T1),
        ecu(4, "CAR", "RADAR", "3.0.0", T1),
        ecu(5, "CAR", "BCM", "9.9.9", T1));

    is(update(abs("2.x", "2.1.0")), "ELIGIBLE []");
    is(
        with(update(abs("2.x", "2.1.0")), List.of(Powertrain.ELECTRIC)),
        "INELIGIBLE [WRONG_POWERTRAIN PETROL / ELECTRIC]");
    is(
        update(target("ABS", List.of("H2"), List.of(), "2.x", "2.1.0")),
        "INELIGIBLE [HARDWARE_UNSUPPORTED ABS HW-1, version H1 / H2]");
    is(
        update(target("ABS", List.of(), List.of(Protocol.LIN, Protocol.MOST), "2.x", "2.1.0")),
        "INELIGIBLE [PROTOCOL_UNSUPPORTED ABS CAN / LIN or MOST]");
    versions();
    conditions();
    waysBack();

    Map<String, String> found =
        Explanations.of(store, "CAR", RULES, Fleet.NOW).stream()
            .collect(
                Collectors.toMap(
                    Assessment::campaign, ReasonsTest::line, (a, b) -> a, LinkedHashMap::new));
    assertThat(found).isEqualTo(expected);
  }

  private void versions() {
    is(update(abs("2.1.x", "2.2.0")), "INELIGIBLE [VERSION_TOO_OLD ABS 2.0.3 / 2.1.x]");
    is(
        update(abs("<2.0.0 || 2.0.4", "2.1.0")),
        "INELIGIBLE [VERSION_UNSUPPORTED ABS 2.0.3 / <2.0.0 || 2.0.4]");
    is(update(abs("*", "2.0.0")), "INELIGIBLE [WOULD_DOWNGRADE ABS 2.0.3 / below 2.0.0]");
    is(downgrading(update(abs("*", "2.0.0"))), "ELIGIBLE []");
    is(
        downgrading(update(abs("1.x", "2.0.0"))),
        "INELIGIBLE [VERSION_UNSUPPORTED ABS 2.0.3 / 1.x]");
    is(
        update(abs("2.x", "2.0.3")),
        "INELIGIBLE [ALREADY_CURRENT ABS 2.0.3 / another version than 2.0.3]");
    // What is current already speaks for nothing while another module is behind.
    is(update(abs("2.x", "2.0.3"), any("GATEWAY", "1.x", "1.6.0")), "ELIGIBLE []");
    is(
        update(abs("2.x", "2.0.3"), any("INFOTAINMENT", "1.x", "1.6.0")),
        "INELIGIBLE [MODULE_MISSING INFOTAINMENT none / INFOTAINMENT]");
    is(
        update(any("BCM", "MU1", "MU2")),
        "UNKNOWN [VERSION_UNKNOWN BCM 9.9.9 / a version as the settings write those of BCM]");
    is(
        with(update(any("BCM", "MU1", "MU2")), List.of(Powertrain.ELECTRIC)),
        "INELIGIBLE [WRONG_POWERTRAIN PETROL / ELECTRIC,"
            + " VERSION_UNKNOWN BCM 9.9.9 / a version as the settings write those of BCM]");
  }

  private void conditions() {
    is(requiring("GATEWAY", "1.5.x"), "ELIGIBLE []");
    is(requiring("GATEWAY", ">=2"), "INELIGIBLE [DEPENDENCY_UNMET GATEWAY 1.5.0 / >=2]");
    is(requiring("INFOTAINMENT", "*"), "INELIGIBLE [DEPENDENCY_UNMET INFOTAINMENT none / *]");
    is(
        requiring("BCM", "MU1"),
        "UNKNOWN [VERSION_UNKNOWN BCM 9.9.9 / a version as the settings write those of BCM]");
    is(requiring("BCM", "*"), "ELIGIBLE []");
    is(against(abs("2.x", "2.1.0"), "GATEWAY", "2.x"), "ELIGIBLE []");
    is(
        against(abs("2.x", "2.1.0"), "GATEWAY", "1.x"),
        "INELIGIBLE [CONFLICT GATEWAY 1.5.0 / none in 1.x]");
    is(against(abs("2.x", "2.1.0"), "INFOTAINMENT", "*"), "ELIGIBLE []");
    is(against(abs("2.x", "2.1.0"), "BCM", "*"), "INELIGIBLE [CONFLICT BCM 9.9.9 / none in *]");
    // Two rules cannot be judged for one cause, which is said once.
    is(
        against(any("BCM", "MU1 || MU2", "MU3"), "BCM", "MU2"),
        "UNKNOWN [VERSION_UNKNOWN BCM 9.9.9 / a version as the settings write those of BCM]");
  }

  private void waysBack() {
    // ABS 2.0.3 has its image in an update of the cases above. Those of RADAR 3.0.0 are for another
    // part, for another version of the part, and of an update that is out of use.
    register("for-other-parts", update(image(List.of("HW-2"), List.of())));
    register("for-other-versions", update(image(List.of(), List.of("H2"))));
    register("withdrawn", update(image(List.of(), List.of())));
    Updates.withdraw(store, "withdrawn", "1.0.0", "bad", Fleet.NOW);
    is(withWayBack(abs("2.x", "2.1.0")), "ELIGIBLE []");
    is(
        withWayBack(any("RADAR", "3.x", "3.1.0")),
        "INELIGIBLE [NO_WAY_BACK RADAR 3.0.0 / a registered image of this version, to go back to]");
    is(
        withWayBack(any("RADAR", "2.x", "3.1.0")),
        "INELIGIBLE [VERSION_UNSUPPORTED RADAR 3.0.0 / 2.x,"
            + " NO_WAY_BACK RADAR 3.0.0 / a registered image of this version, to go back to]");
    // None is looked for from what cannot be read.
    is(
        withWayBack(any("BCM", "MU1", "MU2")),
        "UNKNOWN [VERSION_UNKNOWN BCM 9.9.9 / a version as the settings write those of BCM]");
  }

  /** A campaign of the update decides so. */
  private void is(PlainUpdate update, String decision) {
    String name = "case-%02d".formatted(expected.size() + 1);
    String digest = register(name, update);
    PlainUpdate named =
        new PlainUpdate(name, List.of(), List.of(), List.of(), List.of(), false, false);
    PlainCampaign campaign =
        new PlainCampaign(
            name, named, "SCHEDULED", 50, List.of(), List.of(), List.of(), List.of(), null, null);
    Definitions.registerCampaign(store, name, PlainDefinitions.json(campaign, digest), Fleet.NOW);
    expected.put(name, decision);
  }

  private String register(String name, PlainUpdate update) {
    PlainUpdate named =
        new PlainUpdate(
            name,
            update.models(),
            update.powertrains(),
            update.targets(),
            update.conditions(),
            update.allowDowngrade(),
            update.wayBackRequired());
    String json =
        PlainDefinitions.json(PlainDefinitions.definition(named, RULES.modules()), RULES.modules());
    Definitions.registerUpdate(store, name, "1.0.0", json, Fleet.NOW);
    return Definitions.digest(json);
  }

  private static VersionScheme scheme(String module) {
    return module.equals("BCM")
        ? VersionScheme.listed(List.of("MU1", "MU2", "MU3"))
        : VersionScheme.SEMVER;
  }

  private static PlainUpdate update(Target... targets) {
    return new PlainUpdate("", List.of(), List.of(), List.of(targets), List.of(), false, false);
  }

  private static PlainUpdate with(PlainUpdate update, List<Powertrain> powertrains) {
    return new PlainUpdate(
        "", List.of(), powertrains, update.targets(), update.conditions(), false, false);
  }

  private static PlainUpdate downgrading(PlainUpdate update) {
    return new PlainUpdate("", List.of(), List.of(), update.targets(), List.of(), true, false);
  }

  private static PlainUpdate withWayBack(Target target) {
    return new PlainUpdate("", List.of(), List.of(), List.of(target), List.of(), false, true);
  }

  private static PlainUpdate requiring(String module, String range) {
    return new PlainUpdate(
        "",
        List.of(),
        List.of(),
        List.of(abs("2.x", "2.1.0")),
        List.of(new Condition(Kind.REQUIRES, module, range(range))),
        false,
        false);
  }

  private static PlainUpdate against(Target target, String module, String range) {
    return new PlainUpdate(
        "",
        List.of(),
        List.of(),
        List.of(target),
        List.of(new Condition(Kind.CONFLICTS, module, range(range))),
        false,
        false);
  }

  private static Target abs(String from, String to) {
    return any("ABS", from, to);
  }

  private static Target any(String module, String from, String to) {
    return target(module, List.of(), List.of(), from, to);
  }

  private static Target target(
      String module, List<String> versions, List<Protocol> protocols, String from, String to) {
    return new Target(module, List.of(), versions, protocols, range(from), to, List.of(List.of()));
  }

  private static Target image(List<String> parts, List<String> versions) {
    return new Target(
        "RADAR", parts, versions, List.of(), range("2.x"), "3.0.0", List.of(List.of()));
  }

  private static PlainRange range(String text) {
    return new PlainRange(List.of(new PlainRange.Part(text, null, null)));
  }

  private static String line(Assessment assessment) {
    return assessment.verdict()
        + assessment.findings().stream()
            .map(
                f ->
                    "%s %s%s / %s"
                        .formatted(
                            f.reason(),
                            f.module() == null ? "" : f.module() + " ",
                            f.found(),
                            f.expected()))
            .collect(Collectors.joining(", ", " [", "]"));
  }
}
