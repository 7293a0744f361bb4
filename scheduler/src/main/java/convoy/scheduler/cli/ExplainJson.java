package convoy.scheduler.cli;

import convoy.scheduler.launch.Explained;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** One vehicle and its campaigns, as one JSON document for programs (docs/formats/explain.md). */
final class ExplainJson {
  // ASCII, so that the terminal's encoding plays no part.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ExplainJson() {}

  /** The names of its keys are those of the records; times are ISO 8601 in UTC. */
  static String of(Explained explained) {
    return JSON.writeValueAsString(explained);
  }
}
