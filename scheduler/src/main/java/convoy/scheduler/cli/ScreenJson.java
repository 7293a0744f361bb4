package convoy.scheduler.cli;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON documents on a terminal, for programs. */
final class ScreenJson {
  // ASCII, so that the terminal's encoding plays no part.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ScreenJson() {}

  /** The document, on one line; of records, keys are the names of their components. */
  static String of(Object document) {
    return JSON.writeValueAsString(document);
  }
}
