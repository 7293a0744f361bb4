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
import java.util.Set;
import java.util.TreeMap;
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
    List<String> lines = new ArrayList<>();
    Reconciliation.waves(
            store, CampaignState.RUNNING, Set.of(WaveState.RELEASED, WaveState.SUCCEEDED))
        .stream()
        .collect(Collectors.groupingBy(WaveNumbers::campaign, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(waves -> decide(store, waves, lines, now));
    Reconciliation.complete(store, now).forEach(campaign -> lines.add(campaign + ": completed"));
    return lines;
  }

  /** The gates of one campaign, those of released waves first. */
  private static void decide(
      FleetStore store, List<WaveNumbers> waves, List<String> lines, Instant now) {
    WaveNumbers first = waves.get(0);
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
    for (WaveNumbers wave : waves) {
      Reconciliation.decision(store, wave, thresholds, errors, now)
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
