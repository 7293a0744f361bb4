package convoy.data.status;

import static convoy.data.status.Events.facts;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.OwnerConsent.Decline;
import convoy.data.campaign.OwnerConsent.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Rule 8: events may come late, twice and out of order, and end in the same state. */
class AssignmentFoldPropertyTest {
  private static final int RUNS = 1_500;
  private static final String[] MODULES = {"GW", "TCU", "BCM"};
  private static final String[] VERSIONS = {"2.0.0", "2.0.0", "1.0.0", "-"};

  @Test
  void anyOrderAndAnyRepetitionGivesTheSameResult() {
    Set<AssignmentState> reached = EnumSet.noneOf(AssignmentState.class);
    Random random = new Random(1);
    for (int run = 0; run < RUNS; run++) {
      AssignmentFacts facts = randomFacts(random);
      List<StatusEvent> events = randomEvents(random);
      FoldResult once = AssignmentFold.fold(facts, events);

      List<StatusEvent> mixed = new ArrayList<>(events);
      events.stream().filter(e -> random.nextInt(3) == 0).forEach(mixed::add);
      Collections.shuffle(mixed, random);
      FoldResult again = AssignmentFold.fold(facts, mixed);

      assertThat(withoutDuplicates(again)).as("run %s", run).isEqualTo(withoutDuplicates(once));
      reached.add(once.state());
    }
    assertThat(reached)
        .containsExactlyInAnyOrder(
            AssignmentState.ISSUED,
            AssignmentState.IN_PROGRESS,
            AssignmentState.INSTALLED,
            AssignmentState.DOWNLOADED,
            AssignmentState.FAILED,
            AssignmentState.DECLINED);
  }

  /** What a nightly run does: fold all events so far after each delivery, then move the state. */
  @Test
  void deliveriesInAnySplitAndOrderEndInTheSameState() {
    Random random = new Random(2);
    for (int run = 0; run < RUNS; run++) {
      AssignmentFacts facts = randomFacts(random);
      List<StatusEvent> late = new ArrayList<>(randomEvents(random));
      AssignmentState atOnce = move(AssignmentState.ISSUED, facts, late);

      Collections.shuffle(late, random);
      AssignmentState state = AssignmentState.ISSUED;
      List<StatusEvent> arrived = new ArrayList<>();
      for (StatusEvent event : late) {
        arrived.add(event);
        if (random.nextInt(3) == 0) {
          state = move(state, facts, arrived);
        }
      }
      state = move(state, facts, arrived);

      assertThat(state).as("run %s: %s", run, late).isEqualTo(atOnce);
    }
  }

  @Test
  void whenAManifestIsWithdrawnAmongItsReportsMakesNoDifference() {
    Random random = new Random(5);
    for (int run = 0; run < RUNS; run++) {
      AssignmentFacts facts = randomFacts(random);
      List<StatusEvent> events = randomEvents(random);
      AssignmentState atOnce =
          AssignmentFold.afterWithdrawal(AssignmentFold.fold(facts, events).state());

      int withdrawnAt = random.nextInt(events.size() + 1);
      AssignmentState state = AssignmentState.ISSUED;
      for (int i = 0; i <= events.size(); i++) {
        if (i == withdrawnAt && state.isOpen()) {
          state = AssignmentState.CANCELLED;
        }
        AssignmentState folded = move(state, facts, events.subList(0, i));
        state = i < withdrawnAt ? folded : AssignmentFold.afterWithdrawal(folded);
      }

      assertThat(state).as("run %s, after %s: %s", run, withdrawnAt, events).isEqualTo(atOnce);
    }
  }

  /** The vehicle is told to go back among its reports, which arrive in any order and split. */
  @Test
  void onceARollbackIsIssuedItsEventsAloneDecideInAnyOrder() {
    Set<AssignmentState> reached = EnumSet.noneOf(AssignmentState.class);
    Random random = new Random(6);
    for (int run = 0; run < RUNS; run++) {
      AssignmentFacts facts = randomFacts(random);
      AssignmentFacts back = back(facts);
      List<StatusEvent> events = new ArrayList<>(randomEvents(random));
      AssignmentState atOnce = AssignmentFold.afterRollback(AssignmentFold.fold(back, events));

      Collections.shuffle(events, random);
      int issuedAt = random.nextInt(events.size() + 1);
      AssignmentState state = AssignmentState.ISSUED;
      for (int i = 0; i <= events.size(); i++) {
        if (i < issuedAt) {
          state = move(state, facts, events.subList(0, i));
          continue;
        }
        if (i == issuedAt) {
          state = AssignmentState.ROLLBACK_ISSUED;
        }
        FoldResult result = AssignmentFold.fold(back, events.subList(0, i));
        state = moveBack(state, AssignmentFold.afterRollback(result));
      }

      assertThat(state).as("run %s, after %s: %s", run, issuedAt, events).isEqualTo(atOnce);
      reached.add(state);
    }
    assertThat(reached)
        .containsExactlyInAnyOrder(
            AssignmentState.ROLLBACK_ISSUED,
            AssignmentState.ROLLED_BACK,
            AssignmentState.SERVICE_REQUIRED);
  }

  /** So it is when the vehicle is told to go back several times. */
  @Test
  void severalRollbacksGiveTheSameInAnyOrderAndRepetition() {
    Set<AssignmentState> reached = EnumSet.noneOf(AssignmentState.class);
    Random random = new Random(7);
    for (int run = 0; run < RUNS; run++) {
      List<RollbackFold.Attempt> attempts = new ArrayList<>();
      int rollbacks = 1 + random.nextInt(3);
      for (int attempt = 1; attempt <= rollbacks; attempt++) {
        Map<String, String> targets = new TreeMap<>();
        for (String module : MODULES) {
          if (targets.isEmpty() || random.nextBoolean()) {
            targets.put(module, "2.0.0");
          }
        }
        attempts.add(new RollbackFold.Attempt(attempt, Set.of(attempt + 10L), targets));
      }
      List<StatusEvent> events = randomEvents(random);
      FoldResult once = RollbackFold.fold(Events.VIN, Events.CAMPAIGN, attempts, events);
      List<StatusEvent> mixed = new ArrayList<>(events);
      events.stream().filter(e -> random.nextInt(3) == 0).forEach(mixed::add);
      Collections.shuffle(mixed, random);

      FoldResult again = RollbackFold.fold(Events.VIN, Events.CAMPAIGN, attempts, mixed);

      assertThat(withoutDuplicates(again)).as("run %s", run).isEqualTo(withoutDuplicates(once));
      reached.add(AssignmentFold.afterRollback(once));
    }
    assertThat(reached)
        .containsExactlyInAnyOrder(
            AssignmentState.ROLLBACK_ISSUED,
            AssignmentState.ROLLED_BACK,
            AssignmentState.SERVICE_REQUIRED);
  }

  /** The manifest that takes the vehicle back is the attempt after the last one. */
  private static AssignmentFacts back(AssignmentFacts facts) {
    int attempt = facts.currentAttempt() + 1;
    Map<String, String> targets = new TreeMap<>();
    facts.targets().keySet().stream().limit(1).forEach(module -> targets.put(module, "1.0.0"));
    return new AssignmentFacts(
        facts.vin(),
        facts.campaign(),
        targets,
        attempt,
        attempt + 10L,
        Map.of(attempt, Set.of(attempt + 10L)),
        new OwnerConsent(Mode.FORCED, null));
  }

  private static AssignmentState moveBack(AssignmentState from, AssignmentState folded) {
    AssignmentTrigger trigger =
        switch (folded) {
          case ROLLED_BACK -> AssignmentTrigger.REPORTED_ROLLED_BACK;
          case SERVICE_REQUIRED -> AssignmentTrigger.REPORTED_ROLLBACK_FAILED;
          default -> AssignmentTrigger.NO_ROLLBACK_OUTCOME;
        };
    return AssignmentTransitions.next(from, trigger).orElseThrow();
  }

  @Test
  void aTruncatedLogNeverSaysMoreThanItsEvents() {
    Random random = new Random(3);
    for (int run = 0; run < RUNS; run++) {
      AssignmentFacts facts = randomFacts(random);
      List<StatusEvent> all = randomEvents(random);
      List<StatusEvent> events = all.subList(0, random.nextInt(all.size() + 1));
      Predicate<StatusEvent> current = e -> e.attempt() == facts.currentAttempt();

      FoldResult result = AssignmentFold.fold(facts, events);
      switch (result.state()) {
        case INSTALLED ->
            assertThat(facts.targets().keySet())
                .allSatisfy(
                    module ->
                        assertThat(events)
                            .anyMatch(
                                e ->
                                    e.module().equals(module)
                                        && e.state() == ReportedState.INSTALLED
                                        && "2.0.0".equals(e.reportedVersion())));
        case FAILED ->
            assertThat(events.stream().filter(current))
                .anyMatch(
                    e ->
                        e.state() == ReportedState.FAILED
                            || (e.state() == ReportedState.DECLINED
                                && facts.consent().declinedAt(e.at()) == Decline.CONTRADICTS)
                            || (e.state() == ReportedState.INSTALLED
                                && !"2.0.0".equals(e.reportedVersion())));
        case DOWNLOADED -> {
          assertThat(facts.consent().mode()).isEqualTo(Mode.DOWNLOAD_ONLY);
          assertThat(events.stream().filter(current))
              .anyMatch(e -> e.state() == ReportedState.DOWNLOADED);
        }
        case DECLINED ->
            assertThat(events.stream().filter(current))
                .anyMatch(e -> e.state() == ReportedState.DECLINED);
        case IN_PROGRESS -> assertThat(events).anyMatch(current);
        default -> assertThat(result.state()).isEqualTo(AssignmentState.ISSUED);
      }
    }
  }

  @Test
  void progressNeverTakesAnOutcomeBack() {
    Random random = new Random(4);
    for (int run = 0; run < RUNS; run++) {
      AssignmentFacts facts = randomFacts(random);
      List<StatusEvent> events = new ArrayList<>(randomEvents(random));
      FoldResult before = AssignmentFold.fold(facts, events);
      if (!before.state().isTerminal()) {
        continue;
      }
      events.add(
          Events.event(
              "late %s %s %s INSTALLING"
                  .formatted(
                      random.nextInt(60),
                      MODULES[random.nextInt(facts.targets().size())],
                      facts.currentAttempt())));

      FoldResult after = AssignmentFold.fold(facts, events);

      assertThat(after.state()).as("run %s", run).isEqualTo(before.state());
      assertThat(after.errorCode()).as("run %s", run).isEqualTo(before.errorCode());
      assertThat(after.installedAt()).as("run %s", run).isEqualTo(before.installedAt());
    }
  }

  private static AssignmentState move(
      AssignmentState from, AssignmentFacts facts, List<StatusEvent> events) {
    FoldResult result = AssignmentFold.fold(facts, events);
    return AssignmentTransitions.next(from, AssignmentTrigger.of(result)).orElseThrow();
  }

  private static AssignmentFacts randomFacts(Random random) {
    int modules = 1 + random.nextInt(MODULES.length);
    // Mostly by the owner, so that all states are still reached.
    Mode mode =
        switch (random.nextInt(7)) {
          case 0 -> Mode.FORCED;
          case 1 -> Mode.FORCED_AFTER;
          case 2 -> Mode.DOWNLOAD_ONLY;
          default -> Mode.BY_OWNER;
        };
    return facts(
        new OwnerConsent(mode, mode == Mode.FORCED_AFTER ? Events.minute(30) : null),
        1 + random.nextInt(2),
        Arrays.copyOf(MODULES, modules));
  }

  /** Few ids and times, so that equal ids, equal times and unknown attempts are common. */
  private static List<StatusEvent> randomEvents(Random random) {
    List<StatusEvent> events = new ArrayList<>();
    int size = random.nextInt(10);
    for (int i = 0; i < size; i++) {
      ReportedState[] states = ReportedState.values();
      events.add(
          Events.event(
              "e%s %s %s %s %s %s X%s"
                  .formatted(
                      random.nextInt(40),
                      random.nextInt(8),
                      MODULES[random.nextInt(MODULES.length)],
                      1 + random.nextInt(3),
                      random.nextInt(3) == 0
                          ? ReportedState.INSTALLED
                          : states[random.nextInt(states.length)],
                      VERSIONS[random.nextInt(VERSIONS.length)],
                      random.nextInt(2))));
    }
    return events;
  }

  private static FoldResult withoutDuplicates(FoldResult result) {
    Map<IgnoredReason, Integer> ignored = new EnumMap<>(IgnoredReason.class);
    ignored.putAll(result.ignored());
    ignored.remove(IgnoredReason.DUPLICATE);
    return new FoldResult(
        result.state(),
        new TreeMap<>(result.modules()),
        result.errorCode(),
        result.failedAt(),
        result.installedAt(),
        result.lastEventAt(),
        ignored);
  }
}
