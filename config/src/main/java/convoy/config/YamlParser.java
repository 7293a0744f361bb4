package convoy.config;

import convoy.config.YamlNode.Entry;
import convoy.config.YamlNode.Mapping;
import convoy.config.YamlNode.Nothing;
import convoy.config.YamlNode.Scalar;
import convoy.config.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * One YAML document as nodes. Aliases are refused, so that no small file can stand for a huge one;
 * a second document and a key written twice are refused too.
 */
final class YamlParser {
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final String file;
  private final YAMLParser parser;

  private YamlParser(String file, JsonParser parser) {
    this.file = file;
    this.parser = (YAMLParser) parser;
  }

  /** The document's root, or empty when the text has none (only spaces and comments). */
  static Optional<YamlNode> parse(String file, String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return new YamlParser(file, parser).document();
    } catch (JacksonException e) {
      throw notYaml(file, text, e);
    }
  }

  private Optional<YamlNode> document() {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return Optional.empty();
    }
    YamlNode root = node(first);
    if (parser.nextToken() != null) {
      throw new YamlException(here(), "a second document begins: expected one document a file");
    }
    return Optional.of(root);
  }

  private YamlNode node(JsonToken token) {
    Position at = here();
    if (parser.isCurrentAlias()) {
      throw new YamlException(
          at, "alias '*%s': expected the value itself".formatted(parser.getString()));
    }
    return switch (token) {
      case START_OBJECT -> mapping(at);
      case START_ARRAY -> sequence(at);
      case VALUE_NULL -> new Nothing(at);
      default -> new Scalar(at, parser.getString());
    };
  }

  private Mapping mapping(Position at) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Position keyAt = here();
      String key = parser.getString();
      Entry earlier = entries.put(key, new Entry(keyAt, node(parser.nextToken())));
      if (earlier != null) {
        throw new YamlException(
            keyAt,
            "key '%s' is written twice, first in line %d".formatted(key, earlier.keyAt().line()));
      }
    }
    return new Mapping(at, entries);
  }

  private Sequence sequence(Position at) {
    List<YamlNode> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(node(token));
    }
    return new Sequence(at, items);
  }

  private Position here() {
    TokenStreamLocation l = parser.currentTokenLocation();
    return new Position(file, l.getLineNr(), l.getColumnNr());
  }

  private static YamlException notYaml(String file, String text, JacksonException e) {
    if (e.getCause() instanceof MarkedYamlEngineException marked
        && marked.getProblemMark().isPresent()) {
      Mark mark = marked.getProblemMark().get();
      Position at = new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
      int start = marked.getContextMark().orElse(mark).getIndex();
      return new YamlException(at, "not YAML: " + marked.getProblem() + hint(text, start), e);
    }
    TokenStreamLocation l = e.getLocation();
    Position at =
        l == null ? new Position(file, 1, 1) : new Position(file, l.getLineNr(), l.getColumnNr());
    String first = e.getOriginalMessage().lines().findFirst().orElse("");
    return new YamlException(at, "not YAML: " + first, e);
  }

  /** A range such as {@code >=2.0.0} is the usual victim of YAML's own signs. */
  private static String hint(String text, int index) {
    boolean sign = index < text.length() && "><|*&!%@`".indexOf(text.charAt(index)) >= 0;
    return sign ? " (text that begins with '%s' needs quotes)".formatted(text.charAt(index)) : "";
  }
}
