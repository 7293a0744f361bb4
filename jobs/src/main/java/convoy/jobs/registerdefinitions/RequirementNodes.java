package convoy.jobs.registerdefinitions;

import convoy.data.update.Requirements.Need;
import convoy.data.update.Requirements.Node;
import convoy.data.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
                intervals(condition.get("ranges"))));
      }
    }
    return new Node(update, installs, needs);
  }

  /** The intervals of a range, as {@link UpdateContent} writes them. */
  static List<Interval> intervals(JsonNode ranges) {
    List<Interval> intervals = new ArrayList<>();
    for (JsonNode range : ranges) {
      intervals.add(new Interval(bound(range.get("low")), bound(range.get("high"))));
    }
    return intervals;
  }

  private static @Nullable String bound(JsonNode bound) {
    return bound.isNull() ? null : bound.asString();
  }
}
