package convoy.data.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns all events of an assignment into its state. The same set of events gives the same result,
 * in whatever order and however often they arrived.
 */
public final class AssignmentFold {
  static final Comparator<StatusEvent> BY_TIME =
      Comparator.comparing(StatusEvent::at).thenComparing(StatusEvent::eventId);

  private static final Set<ModuleState> DONE =
      Set.of(ModuleState.INSTALLED, ModuleState.DOWNLOADED);

  private AssignmentFold() {}

  /**
   * What the events say together. Call it with all events ever kept for the assignment, not with
   * the new ones alone.
   */
  public static FoldResult fold(AssignmentFacts facts, Collection<StatusEvent> events) {
    Map<IgnoredReason, Integer> ignored = new EnumMap<>(IgnoredReason.class);
    Map<String, List<StatusEvent>> byModule = new HashMap<>();
    Instant last = null;
    boolean heard = false;
    for (StatusEvent event : distinct(events, ignored)) {
      IgnoredReason reason = reasonToIgnore(facts, event);
      if (reason != null) {
        ignored.merge(reason, 1, Integer::sum);
        continue;
      }
      byModule.computeIfAbsent(event.module(), m -> new ArrayList<>()).add(event);
      heard |= event.attempt() == facts.currentAttempt();
      if (last == null || event.at().isAfter(last)) {
        last = event.at();
      }
    }
    SortedMap<String, ModuleOutcome> modules = new TreeMap<>();
    facts
        .targets()
        .forEach(
            (module, expected) -> {
              ModuleTimeline timeline =
                  new ModuleTimeline(expected, facts.currentAttempt(), facts.consent());
              byModule.getOrDefault(module, List.of()).stream()
                  .sorted(BY_TIME)
                  .forEach(timeline::add);
              modules.put(module, timeline.outcome());
            });
    return result(modules, heard, last, ignored);
  }

  /**
   * What becomes of an assignment whose vehicle left the campaign by a withdrawal, where its events
   * lead to that state. An outcome stays what it is: the vehicle may have installed before it knew.
   */
  public static AssignmentState afterWithdrawal(AssignmentState folded) {
    return switch (folded) {
      case ISSUED, IN_PROGRESS, SILENT, EXPIRED -> AssignmentState.CANCELLED;
      case RETRY_DUE -> AssignmentState.FAILED;
      default -> folded;
    };
  }

  /**
   * What becomes of an assignment whose vehicle was told to go back, by what the events of these
   * manifests lead to. Another attempt may follow on SERVICE_REQUIRED, as on FAILED, and on
   * ROLLED_BACK where {@link RollbackFold#leftOut} names a module; else events of the manifests
   * before them change nothing any more.
   *
   * @param rollback what {@link RollbackFold} makes of them
   */
  public static AssignmentState afterRollback(FoldResult rollback) {
    return switch (rollback.state()) {
      case INSTALLED -> AssignmentState.ROLLED_BACK;
      case FAILED -> AssignmentState.SERVICE_REQUIRED;
      case ISSUED, IN_PROGRESS -> AssignmentState.ROLLBACK_ISSUED;
      default ->
          throw new IllegalArgumentException(
              "a rollback is neither declined nor downloaded: " + rollback.state());
    };
  }

  /** One event for each id. Events that share an id but differ: the first in the order of text. */
  private static Collection<StatusEvent> distinct(
      Collection<StatusEvent> events, Map<IgnoredReason, Integer> ignored) {
    Map<String, StatusEvent> chosen = new HashMap<>();
    Set<StatusEvent> seen = new HashSet<>();
    for (StatusEvent event : events) {
      if (!seen.add(event)) {
        ignored.merge(IgnoredReason.DUPLICATE, 1, Integer::sum);
        continue;
      }
      StatusEvent other = chosen.putIfAbsent(event.eventId(), event);
      if (other != null) {
        ignored.merge(IgnoredReason.CONFLICT, 1, Integer::sum);
        if (event.toString().compareTo(other.toString()) < 0) {
          chosen.put(event.eventId(), event);
        }
      }
    }
    return chosen.values();
  }

  /** The events that count, each once. */
  static Stream<StatusEvent> counted(AssignmentFacts facts, Collection<StatusEvent> events) {
    return distinct(events, new EnumMap<>(IgnoredReason.class)).stream()
        .filter(event -> reasonToIgnore(facts, event) == null);
  }

  private static @Nullable IgnoredReason reasonToIgnore(AssignmentFacts facts, StatusEvent event) {
    if (!event.vin().equals(facts.vin()) || !event.campaign().equals(facts.campaign())) {
      return IgnoredReason.OTHER_ASSIGNMENT;
    }
    if (!facts.targets().containsKey(event.module())) {
      return IgnoredReason.UNKNOWN_MODULE;
    }
    Set<Long> issued = facts.issuedAttempts().get(event.attempt());
    if (issued == null) {
      return IgnoredReason.UNKNOWN_ATTEMPT;
    }
    return issued.contains(event.manifestVersion()) ? null : IgnoredReason.OTHER_VERSION;
  }

  private static FoldResult result(
      SortedMap<String, ModuleOutcome> modules,
      boolean heard,
      @Nullable Instant last,
      Map<IgnoredReason, Integer> ignored) {
    // Of several failures the earliest is the cause; modules at the same instant go by name.
    ModuleOutcome failure =
        modules.values().stream()
            .filter(outcome -> outcome.state() == ModuleState.FAILED)
            .min(Comparator.comparing(AssignmentFold::time))
            .orElse(null);
    AssignmentState state = stateOf(modules.values(), heard);
    Instant installedAt =
        state == AssignmentState.INSTALLED
            ? Collections.max(modules.values().stream().map(AssignmentFold::time).toList())
            : null;
    return new FoldResult(
        state,
        Collections.unmodifiableSortedMap(modules),
        failure == null ? null : failure.errorCode(),
        failure == null ? null : failure.at(),
        installedAt,
        last,
        Collections.unmodifiableMap(ignored));
  }

  private static AssignmentState stateOf(Collection<ModuleOutcome> outcomes, boolean heard) {
    List<ModuleState> states = outcomes.stream().map(ModuleOutcome::state).toList();
    if (states.contains(ModuleState.FAILED)) {
      return AssignmentState.FAILED;
    }
    if (states.stream().allMatch(state -> state == ModuleState.INSTALLED)) {
      return AssignmentState.INSTALLED;
    }
    if (states.contains(ModuleState.DECLINED)) {
      return AssignmentState.DECLINED;
    }
    if (states.stream().allMatch(DONE::contains)) {
      return AssignmentState.DOWNLOADED;
    }
    return heard ? AssignmentState.IN_PROGRESS : AssignmentState.ISSUED;
  }

  private static Instant time(ModuleOutcome outcome) {
    Instant at = outcome.at();
    if (at == null) {
      throw new IllegalStateException("a module outcome without a time: " + outcome);
    }
    return at;
  }
}
