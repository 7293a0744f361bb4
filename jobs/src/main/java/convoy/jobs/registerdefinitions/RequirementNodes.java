package convoy.jobs.registerdefinitions;

import convoy.data.update.Requirements.Need;
import convoy.data.update.Requirements.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads from an update's canonical JSON what it installs and requires. */
final class RequirementNodes {
  private static final JsonMapper JSON = new JsonMapper();

  private RequirementNodes() {}

  static Node of(String update, String definition) {
    JsonNode content = JSON.readTree(definition);
    Map<String, String> installs = new HashMap<>();
    for (JsonNode target : content.get("targets")) {
      installs.put(target.get("module").asString(), target.get("toKey").asString());
    }
    List<Need> needs = new ArrayList<>();
    for (JsonNode condition : content.get("conditions")) {
      if (condition.get("kind").asString().equals("REQUIRES")) {
        String module = condition.get("module").asString();
        needs.add(
            new Need(
                module + " " + condition.get("range").asString(),
                module,
                UpdateContent.intervals(condition.get("ranges"))));
      }
    }
    return new Node(update, installs, needs);
  }
}
