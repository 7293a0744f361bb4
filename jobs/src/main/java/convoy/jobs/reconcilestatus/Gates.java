package convoy.jobs.reconcilestatus;

import convoy.data.duckdb.CampaignStops;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Reconciliation;
import convoy.data.duckdb.Reconciliation.WaveNumbers;
import convoy.data.error.ConvoyException;
import convoy.data.status.CampaignState;
import convoy.data.status.GateDecision;
import convoy.data.status.GateDecision.Verdict;
import convoy.data.status.GateThresholds;
import convoy.data.status.WaveState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets the gate of every released wave of a running campaign decide, and those of its waves that
 * have succeeded whether they stop it after all; does what they say, and completes what is
 * finished.
 */
final class Gates {
  private Gates() {}

  private record Decided(WaveNumbers wave, GateDecision decision) {}

  /** A line for a person for each decision. */
  static List<String> decide(FleetStore store, Instant now) {
    Map<String, List<WaveNumbers>> released = waves(store, WaveState.RELEASED);
    Map<String, List<WaveNumbers>> succeeded = waves(store, WaveState.SUCCEEDED);
    SortedSet<String> campaigns = new TreeSet<>(released.keySet());
    campaigns.addAll(succeeded.keySet());
    List<String> lines = new ArrayList<>();
    for (String campaign : campaigns) {
      decide(
          store,
          released.getOrDefault(campaign, List.of()),
          succeeded.getOrDefault(campaign, List.of()),
          lines,
          now);
    }
    Reconciliation.complete(store, now).forEach(campaign -> lines.add(campaign + ": completed"));
    return lines;
  }

  private static Map<String, List<WaveNumbers>> waves(FleetStore store, WaveState state) {
    return Reconciliation.waves(store, CampaignState.RUNNING, state).stream()
        .collect(Collectors.groupingBy(WaveNumbers::campaign));
  }

  private static void decide(
      FleetStore store,
      List<WaveNumbers> released,
      List<WaveNumbers> succeeded,
      List<String> lines,
      Instant now) {
    WaveNumbers first = released.isEmpty() ? succeeded.get(0) : released.get(0);
    GateThresholds thresholds;
    try {
      thresholds = GateThresholds.of(first.definition());
    } catch (ConvoyException e) {
      // Without its thresholds nothing would ever stop it.
      String reason = "not trusted: " + e.getMessage();
      CampaignStops.pause(store, first.campaign(), reason, now);
      lines.add(line(first, "PAUSE: " + reason));
      return;
    }
    Map<String, Long> errors =
        Reconciliation.stoppingErrors(store, first.campaign(), thresholds.rule());
    List<Decided> decisions = new ArrayList<>();
    for (WaveNumbers wave : released) {
      decisions.add(
          new Decided(wave, Reconciliation.decision(store, wave, thresholds, errors, now)));
    }
    for (WaveNumbers wave : succeeded) {
      Reconciliation.lateDecision(store, wave, thresholds, errors, now)
          .ifPresent(decision -> decisions.add(new Decided(wave, decision)));
    }
    // What stops the campaign is all that is done then: ABORT first, then that of a released wave.
    Optional<Decided> stop =
        Stream.of(Verdict.ABORT, Verdict.PAUSE)
            .flatMap(verdict -> decisions.stream().filter(d -> d.decision().verdict() == verdict))
            .findFirst();
    for (Decided decided : stop.map(List::of).orElse(decisions)) {
      Reconciliation.carryOut(store, decided.wave(), decided.decision(), now);
      lines.add(line(decided.wave(), decided.decision().explanation()));
    }
  }

  private static String line(WaveNumbers wave, String explanation) {
    return "%s wave %d: %s".formatted(wave.campaign(), wave.wave(), explanation);
  }
}
