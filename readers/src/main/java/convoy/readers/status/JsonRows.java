package convoy.readers.status;

import convoy.data.status.StatusColumn;
import convoy.data.status.StatusRow;
import convoy.data.status.StatusRules;
import convoy.data.vehicle.Finding;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The rows of a JSON Lines status log: one object on each line, keys in any order. */
final class JsonRows implements RowSource {
  private static final Map<String, StatusColumn> COLUMNS =
      Arrays.stream(StatusColumn.values())
          .collect(Collectors.toUnmodifiableMap(StatusColumn::header, Function.identity()));
  private static final String ONE_OBJECT = "one JSON object";

  private final LineSource lines;
  private final JsonFactory json =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private @Nullable RawLine first;

  JsonRows(RawLine first, LineSource lines) {
    this.first = first;
    this.lines = lines;
  }

  @Override
  public @Nullable StatusRow next() {
    RawLine line = first == null ? lines.next() : first;
    first = null;
    while (line != null && line.text().isBlank()) {
      line = lines.next();
    }
    return line == null ? null : row(line);
  }

  private StatusRow row(RawLine line) {
    if (!line.clean()) {
      return RowRejections.encoding(line);
    }
    Map<StatusColumn, String> values = new EnumMap<>(StatusColumn.class);
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), line.text())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return RowRejections.whole(line, "JSON_SYNTAX", ONE_OBJECT);
      }
      for (String key = parser.nextName(); key != null; key = parser.nextName()) {
        JsonToken token = parser.nextToken();
        StatusColumn column = COLUMNS.get(key);
        if (column == null) {
          // Gateways add keys of their own.
          parser.skipChildren();
        } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
          values.put(column, parser.getString());
        } else if (token != JsonToken.VALUE_NULL) {
          return notScalar(line, column, token);
        }
      }
      if (parser.nextToken() != null) {
        return RowRejections.whole(line, "JSON_SYNTAX", ONE_OBJECT);
      }
    } catch (JacksonException e) {
      return RowRejections.whole(line, "JSON_SYNTAX", e.getOriginalMessage(), ONE_OBJECT);
    }
    return StatusRules.check(line.number(), line.text(), values, StatusRules.Times.WITH_OFFSET);
  }

  private static StatusRow notScalar(RawLine line, StatusColumn column, JsonToken token) {
    String found =
        switch (token) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "an array";
          default -> "true or false";
        };
    return StatusRow.rejected(
        line.number(),
        line.text(),
        List.of(new Finding("JSON_VALUE", column.header(), found, "a text or a number")));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
