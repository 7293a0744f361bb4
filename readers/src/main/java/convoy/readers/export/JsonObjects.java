package convoy.readers.export;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Takes a line of JSON Lines apart: one object with plain values, each key once. */
final class JsonObjects {
  /** Why a line is none. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    Fault(String found) {
      super(found);
    }

    String found() {
      return String.valueOf(getMessage());
    }
  }

  private final JsonFactory json =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The values by key; numbers as they were written, null as the empty text. */
  Map<String, String> values(String line) throws Fault {
    Map<String, String> values = new LinkedHashMap<>();
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Fault("no object");
      }
      for (String key = parser.nextName(); key != null; key = parser.nextName()) {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
          throw new Fault(
              "%s '%s'".formatted(token == JsonToken.START_OBJECT ? "object" : "array", key));
        }
        values.put(key, token == JsonToken.VALUE_NULL ? "" : parser.getString());
      }
      if (parser.nextToken() != null) {
        throw new Fault("text after the object");
      }
    } catch (JacksonException e) {
      // Where in its own source the parser stands is of no use to anyone.
      String message = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
      throw new Fault(message.replaceAll(" \\(start marker at .*", ""));
    }
    return values;
  }
}
