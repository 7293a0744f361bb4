package convoy.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML file with its place; scalars keep the text as it was written. */
sealed interface YamlNode {
  Position at();

  /** What it is, for a message: "is a list", "'two'". */
  String found();

  record Mapping(Position at, Map<String, Entry> entries) implements YamlNode {
    @Override
    public String found() {
      return "is a mapping";
    }
  }

  /** A value and the place of its key. */
  record Entry(Position keyAt, YamlNode value) {}

  record Sequence(Position at, List<YamlNode> items) implements YamlNode {
    @Override
    public String found() {
      return "is a list";
    }
  }

  record Scalar(Position at, String text) implements YamlNode {
    @Override
    public String found() {
      return "'" + text + "'";
    }
  }

  /** A key or list item without a value, or with {@code null}. */
  record Nothing(Position at) implements YamlNode {
    @Override
    public String found() {
      return "has no value";
    }
  }

  /** The base with what the other says laid over it, mapping by mapping, key by key. */
  static YamlNode overlay(YamlNode base, YamlNode over) {
    if (!(base instanceof Mapping below) || !(over instanceof Mapping above)) {
      return over;
    }
    Map<String, Entry> merged = new LinkedHashMap<>(below.entries());
    above
        .entries()
        .forEach(
            (key, entry) ->
                merged.merge(
                    key, entry, (b, o) -> new Entry(o.keyAt(), overlay(b.value(), o.value()))));
    return new Mapping(above.at(), merged);
  }
}
