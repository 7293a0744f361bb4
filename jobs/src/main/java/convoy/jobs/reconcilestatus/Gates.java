package convoy.jobs.reconcilestatus;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Reconciliation;
import convoy.data.status.Gate;
import convoy.data.status.GateDecision;
import convoy.data.status.GateThresholds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets the gate of every released wave decide, does what it says, and completes what is finished.
 */
final class Gates {
  private static final JsonMapper JSON = new JsonMapper();

  private Gates() {}

  /** A line for a person for each decision. */
  static List<String> decide(FleetStore store, Instant now) {
    List<String> lines = new ArrayList<>();
    for (Reconciliation.WaveNumbers wave : Reconciliation.waves(store)) {
      GateDecision decision = Gate.decide(wave.numbers(), thresholds(wave.definition()));
      Reconciliation.carryOut(store, wave, decision, now);
      lines.add("%s wave %d: %s".formatted(wave.campaign(), wave.wave(), decision.explanation()));
    }
    Reconciliation.complete(store, now).forEach(campaign -> lines.add(campaign + ": completed"));
    return lines;
  }

  private static GateThresholds thresholds(String definition) {
    JsonNode gate = JSON.readTree(definition).get("gate");
    return new GateThresholds(
        gate.get("success").asInt(),
        gate.get("pauseOnFailure").asInt(),
        gate.get("abortOnFailure").asInt(),
        gate.get("minimumReports").asInt());
  }
}
