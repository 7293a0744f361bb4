package convoy.jobs.reconcilestatus;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Reconciliation;
import convoy.data.status.Gate;
import convoy.data.status.GateDecision;
import convoy.jobs.control.GateDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the gate of every released wave decide, does what it says, and completes what is finished.
 */
final class Gates {
  private Gates() {}

  /** A line for a person for each decision. */
  static List<String> decide(FleetStore store, Instant now) {
    List<String> lines = new ArrayList<>();
    for (Reconciliation.WaveNumbers wave : Reconciliation.waves(store)) {
      GateDecision decision =
          Gate.decide(
              wave.numbers(), GateDefinition.thresholds(wave.definition()), wave.accepted());
      Reconciliation.carryOut(store, wave, decision, now);
      lines.add("%s wave %d: %s".formatted(wave.campaign(), wave.wave(), decision.explanation()));
    }
    Reconciliation.complete(store, now).forEach(campaign -> lines.add(campaign + ": completed"));
    return lines;
  }
}
