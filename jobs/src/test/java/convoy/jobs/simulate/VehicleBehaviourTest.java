package convoy.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.OwnerConsent.Mode;
import convoy.data.status.AssignmentFacts;
import convoy.data.status.AssignmentFold;
import convoy.data.status.AssignmentState;
import convoy.data.status.FoldResult;
import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import convoy.data.status.StatusRow;
import convoy.data.update.Battery;
import convoy.data.update.Preconditions;
import convoy.jobs.simulate.SimulatedAttempt.Kind;
import convoy.jobs.simulate.SimulatedAttempt.Target;
import convoy.readers.status.StatusLogReader;
import convoy.writers.status.StatusLogWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class VehicleBehaviourTest {
  private static final Instant ISSUED = Instant.parse("2026-03-01T22:00:00Z");
  private static final Preconditions ASKED =
      new Preconditions(true, new Battery(50), Duration.ofMinutes(30));
  private static final int FLEET = 10_000;

  @TempDir Path folder;

  @Test
  void aUsualNightHasTheOutcomesOfItsPlan() {
    Map<String, Integer> outcomes = new TreeMap<>();
    VehicleBehaviour fleet = new VehicleBehaviour(42, SimulationPlan.usual(), SimulationRules.NONE);
    for (int n = 0; n < FLEET; n++) {
      SimulatedAttempt attempt = attempt(n, 1);
      FoldResult result = fold(attempt, events(fleet, attempt));
      outcomes.merge(result.state().name(), 1, Integer::sum);
      if (result.errorCode() != null) {
        outcomes.merge(result.errorCode(), 1, Integer::sum);
      }
    }

    assertThat(outcomes.get("INSTALLED")).isBetween(8_650, 8_950);
    assertThat(outcomes.get("FAILED")).isBetween(780, 980);
    assertThat(outcomes.get("DECLINED")).isBetween(80, 160);
    // Silent vehicles: half of them say nothing at all.
    assertThat(outcomes.get("ISSUED")).isBetween(60, 140);
    assertThat(outcomes.get("IN_PROGRESS")).isBetween(60, 140);
    assertThat(outcomes.get("VERSION_MISMATCH")).isBetween(50, 110);
    assertThat(outcomes.get("FELL_BACK")).isBetween(30, 70);
    assertThat(outcomes).containsKeys(namesOfFaults());
    assertThat(outcomes.get("DOWNLOAD_FAILED")).isGreaterThan(outcomes.get("WRONG_HARDWARE"));
  }

  @Test
  void someEventsComeLateTwiceAndOutOfOrder() {
    VehicleBehaviour fleet = new VehicleBehaviour(42, SimulationPlan.usual(), SimulationRules.NONE);
    int sent = 0;
    int repeated = 0;
    int late = 0;
    int disordered = 0;
    for (int n = 0; n < FLEET; n++) {
      List<SimulatedReport> reports = fleet.reports(attempt(n, 1));
      List<StatusEvent> events = reports.stream().map(SimulatedReport::event).toList();
      sent += events.size();
      repeated += events.size() - new HashSet<>(events).size();
      List<StatusEvent> inOrder = new ArrayList<>(events);
      inOrder.sort(Comparator.comparing(StatusEvent::at));
      disordered += events.equals(inOrder) ? 0 : 1;
      late +=
          reports.stream().anyMatch(r -> r.arrivesAfter().compareTo(Duration.ofHours(25)) > 0)
              ? 1
              : 0;
      assertThat(reports).isSortedAccordingTo(Comparator.comparing(SimulatedReport::arrivesAfter));
      assertThat(reports)
          .allMatch(
              r -> ISSUED.plus(r.arrivesAfter()).isAfter(r.event().at()),
              "arrives after it happened");
    }
    assertThat(repeated * 100.0 / sent).isBetween(2.5, 3.5);
    assertThat(late).isBetween(200, 500);
    assertThat(disordered).isGreaterThan(500);
  }

  /** Owners who would all decline; a vehicle starts within 16 hours. */
  @Test
  void ownersAreAskedOnlyWhereTheManifestSaysSo() {
    SimulationPlan declining = new SimulationPlan(0, 0, 10_000, 0, 0, 0, 0, 0, Map.of());
    Instant soon = ISSUED.plus(Duration.ofHours(8));

    assertThat(outcomes(declining, OwnerConsent.DEFAULT)).containsOnlyKeys("DECLINED");
    assertThat(outcomes(declining, new OwnerConsent(Mode.FORCED, null)))
        .containsOnlyKeys("INSTALLED");
    assertThat(outcomes(declining, new OwnerConsent(Mode.DOWNLOAD_ONLY, null)))
        .containsOnlyKeys("DOWNLOADED");
    OwnerConsent later = new OwnerConsent(Mode.FORCED_AFTER, soon);
    assertThat(outcomes(declining, later)).containsOnlyKeys("INSTALLED");
    VehicleBehaviour fleet = new VehicleBehaviour(42, declining, SimulationRules.NONE);
    int asked = 0;
    for (int n = 0; n < 500; n++) {
      List<StatusEvent> events = events(fleet, attempt(n, 1, later));
      boolean isAsked = events.stream().anyMatch(e -> e.state() == ReportedState.DECLINED);
      asked += isAsked ? 1 : 0;
      assertThat(events)
          .filteredOn(e -> e.state() == ReportedState.DECLINED)
          .allMatch(e -> e.at().isBefore(soon));
      assertThat(events)
          .filteredOn(e -> isAsked && e.state() == ReportedState.INSTALLED)
          .allMatch(e -> e.at().isAfter(soon));
    }
    assertThat(asked).isBetween(150, 350);
  }

  @Test
  void whatAnEcuRefusesIsDownloadedAndFailsBeforeAnythingIsInstalled() {
    SimulatedAttempt attempt = attempt(1, 1);
    List<StatusEvent> events =
        new VehicleBehaviour(42, SimulationPlan.usual(), SimulationRules.NONE)
                .refuses(attempt, "TCU", Fault.KEY_PACKAGE_REFUSED.failure(), "sealed for another")
                .reports()
                .stream()
                .map(SimulatedReport::event)
                .sorted(Comparator.comparing(StatusEvent::at))
                .distinct()
                .toList();
    assertThat(events.stream().map(StatusEvent::module)).containsOnly("TCU");
    assertThat(events.get(events.size() - 1).text()).isEqualTo("sealed for another");
    assertThat(events.stream().map(event -> event.state().name()))
        .endsWith("DOWNLOADED", "FAILED")
        .doesNotContain("INSTALLING", "INSTALLED");
    FoldResult result = fold(attempt, events);
    assertThat(result.state()).isEqualTo(AssignmentState.FAILED);
    assertThat(result.errorCode()).isEqualTo("KEY_PACKAGE_REFUSED");
  }

  @Test
  void whatIsOnlyDownloadedFailsOnlyOnTheWay() {
    Map<String, Integer> outcomes =
        outcomes(SimulationPlan.usual(), new OwnerConsent(Mode.DOWNLOAD_ONLY, null));
    assertThat(outcomes.keySet())
        .isSubsetOf(
            "DOWNLOADED",
            "FAILED",
            "ISSUED",
            "IN_PROGRESS",
            "DOWNLOAD_FAILED",
            "LOW_BATTERY",
            "VERIFY_FAILED",
            "WRONG_HARDWARE")
        .contains("DOWNLOADED", "FAILED");
  }

  private static Map<String, Integer> outcomes(SimulationPlan plan, OwnerConsent consent) {
    Map<String, Integer> outcomes = new TreeMap<>();
    VehicleBehaviour fleet = new VehicleBehaviour(42, plan, SimulationRules.NONE);
    for (int n = 0; n < 500; n++) {
      SimulatedAttempt attempt = attempt(n, 1, consent);
      FoldResult result = fold(attempt, events(fleet, attempt));
      outcomes.merge(result.state().name(), 1, Integer::sum);
      if (result.errorCode() != null) {
        outcomes.merge(result.errorCode(), 1, Integer::sum);
      }
    }
    return outcomes;
  }

  @Test
  void theSameSeedVehicleCampaignAndAttemptGiveTheSameReports() {
    VehicleBehaviour fleet = new VehicleBehaviour(42, SimulationPlan.usual(), SimulationRules.NONE);
    VehicleBehaviour same = new VehicleBehaviour(42, SimulationPlan.usual(), SimulationRules.NONE);
    VehicleBehaviour other = new VehicleBehaviour(43, SimulationPlan.usual(), SimulationRules.NONE);
    int differs = 0;
    for (int n = 0; n < 200; n++) {
      assertThat(same.reports(attempt(n, 1))).isEqualTo(fleet.reports(attempt(n, 1)));
      differs += other.reports(attempt(n, 1)).equals(fleet.reports(attempt(n, 1))) ? 0 : 1;
    }
    assertThat(differs).isGreaterThan(180);
  }

  @Test
  void modulesAreInstalledInOrderUpToTheFirstFailure() {
    SimulationPlan failing =
        new SimulationPlan(10_000, 0, 0, 0, 0, 0, 0, 0, Map.of(Fault.FLASH_FAILED, 1));
    VehicleBehaviour fleet = new VehicleBehaviour(7, failing, SimulationRules.NONE);
    List<List<String>> outcomes = new ArrayList<>();
    for (int n = 0; n < 50; n++) {
      outcomes.add(
          fleet.reports(attempt(n, 1)).stream()
              .map(SimulatedReport::event)
              .filter(e -> e.state().compareTo(ReportedState.INSTALLED) >= 0)
              .map(e -> e.module() + " " + e.state())
              .toList());
    }
    assertThat(new HashSet<>(outcomes))
        .containsExactlyInAnyOrder(
            List.of("GATEWAY FAILED"), List.of("GATEWAY INSTALLED", "TCU FAILED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"night.csv", "night.jsonl"})
  void whatVehiclesSendIsReadBackUnchanged(String name) throws IOException {
    VehicleBehaviour fleet = new VehicleBehaviour(42, SimulationPlan.usual(), SimulationRules.NONE);
    List<StatusEvent> sent = new ArrayList<>();
    for (int n = 0; n < 300; n++) {
      sent.addAll(events(fleet, attempt(n, 1)));
    }
    sent.add(withText("12 V, \"low\"\n\u00FC \\ \u20AC \uD83D\uDE97 "));
    sent.add(withText(" # \t,"));
    Path file = folder.resolve(name);
    try (StatusLogWriter writer = new StatusLogWriter(file)) {
      for (StatusEvent event : sent) {
        writer.write(event);
      }
      writer.commit();
    }

    StatusLogReader reader = new StatusLogReader(file, () -> 0);
    reader.open(new ExecutionContext());
    List<StatusEvent> received = new ArrayList<>();
    for (StatusRow row = reader.read(); row != null; row = reader.read()) {
      assertThat(row.rejections()).isEmpty();
      received.add(row.event());
    }
    reader.close();
    assertThat(received).isEqualTo(sent);
  }

  @Test
  void plansThatCannotBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimulationPlan(9_000, 900, 101, 0, 0, 0, 0, 0, Map.of()))
        .withMessage(
            "fail, silent, declined, wrong version and fell back make 10001, expected at most"
                + " 10000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimulationPlan(0, 0, 0, 0, 0, -1, 0, 0, Map.of()))
        .withMessage("repeated -1: expected 0 to 10000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimulationPlan(1, 0, 0, 0, 0, 0, 0, 0, Map.of(Fault.POWER_LOSS, 0)))
        .withMessage("no fault has a weight, expected at least one");
  }

  private static StatusEvent withText(String text) {
    return new StatusEvent(
        "t" + text.length(),
        ISSUED,
        vin(1),
        "GATEWAY",
        "spring",
        1,
        1,
        ReportedState.RECEIVED,
        null,
        null,
        text);
  }

  static List<StatusEvent> events(VehicleBehaviour fleet, SimulatedAttempt attempt) {
    return fleet.reports(attempt).stream().map(SimulatedReport::event).toList();
  }

  static FoldResult fold(SimulatedAttempt attempt, List<StatusEvent> events) {
    FoldResult result =
        AssignmentFold.fold(
            new AssignmentFacts(
                attempt.vin(),
                attempt.campaign(),
                Map.of("GATEWAY", "2.1.0", "TCU", "5.0.0"),
                1,
                attempt.manifestVersion(),
                Map.of(1, Set.of(attempt.manifestVersion())),
                attempt.consent()),
            events);
    assertThat(result.state() == AssignmentState.FAILED).isEqualTo(result.errorCode() != null);
    return result;
  }

  private static SimulatedAttempt attempt(int n, int attempt) {
    return attempt(n, attempt, OwnerConsent.DEFAULT);
  }

  static SimulatedAttempt attempt(int n, int attempt, OwnerConsent consent) {
    return new SimulatedAttempt(
        vin(n),
        n % 2 == 0 ? "Aldera" : "Brevik",
        n % 4 < 2 ? "DE" : "CN",
        "spring",
        1 + n % 3,
        3,
        attempt,
        List.of(
            new Target("GATEWAY", "G1", "5Q0-1", "2.1.0", "2.0.0"),
            new Target("TCU", "T1", "5Q0-2", "5.0.0", "4.9.1")),
        ISSUED,
        ISSUED.plus(Duration.ofDays(30)),
        ASKED,
        consent,
        n % 5 == 0 ? Kind.ROLLBACK : Kind.UPDATE);
  }

  private static String vin(int n) {
    return "WVWZZZ1JZXW" + (100_000 + n);
  }

  /** Those that come by chance. */
  private static String[] namesOfFaults() {
    return SimulationPlan.usual().faults().keySet().stream()
        .map(Fault::name)
        .toArray(String[]::new);
  }
}
