package convoy.jobs.reconcilestatus;

import convoy.data.duckdb.CampaignStops;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Reconciliation;
import convoy.data.duckdb.Reconciliation.WaveNumbers;
import convoy.data.error.ConvoyException;
import convoy.data.status.GateDecision;
import convoy.data.status.GateThresholds;
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
    for (WaveNumbers wave : Reconciliation.waves(store)) {
      lines.add("%s wave %d: %s".formatted(wave.campaign(), wave.wave(), decide(store, wave, now)));
    }
    Reconciliation.complete(store, now).forEach(campaign -> lines.add(campaign + ": completed"));
    return lines;
  }

  private static String decide(FleetStore store, WaveNumbers wave, Instant now) {
    GateThresholds thresholds;
    try {
      thresholds = GateThresholds.of(wave.definition());
    } catch (ConvoyException e) {
      // Without its thresholds nothing would ever stop it.
      String reason = "not trusted: " + e.getMessage();
      CampaignStops.pause(store, wave.campaign(), reason, now);
      return "PAUSE: " + reason;
    }
    GateDecision decision = Reconciliation.decision(store, wave, thresholds, now);
    Reconciliation.carryOut(store, wave, decision, now);
    return decision.explanation();
  }
}
