package convoy.jobs.control;

import convoy.data.campaign.OwnerConsent.Mode;
import convoy.data.campaign.OwnerTerms;
import convoy.data.status.GateThresholds;
import convoy.data.status.GateThresholds.Goal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gate in a campaign's definition. */
public final class GateDefinition {
  private static final JsonMapper JSON = new JsonMapper();

  private GateDefinition() {}

  /** When the gates of the campaign with that definition, canonical JSON, open or stop. */
  public static GateThresholds thresholds(String definition) {
    JsonNode gate = JSON.readTree(definition).get("gate");
    return new GateThresholds(
        gate.get("success").asInt(),
        gate.get("pauseOnFailure").asInt(),
        gate.get("abortOnFailure").asInt(),
        gate.get("minimumReports").asInt(),
        OwnerTerms.of(definition).consent().mode() == Mode.DOWNLOAD_ONLY
            ? Goal.DOWNLOADED
            : Goal.INSTALLED);
  }
}
