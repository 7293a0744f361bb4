package convoy.config;

import java.util.Map;

/**
 * A record read from YAML, with its place, for checks that come after reading.
 *
 * @param at where the record's mapping begins
 * @param keys where the value of each of its keys stands; of what lies deeper by its path, such as
 *     {@code import.settle}
 */
public record Located<T extends Record>(T value, Position at, Map<String, Position> keys) {
  public Located {
    keys = Map.copyOf(keys);
  }

  /**
   * The problem as a refusal of the file. A message that begins with one of the keys is given that
   * key's place, any other the record's own.
   */
  public YamlException refused(IllegalArgumentException problem) {
    return refusal(at, keys, problem);
  }

  static YamlException refusal(
      Position at, Map<String, Position> keys, IllegalArgumentException problem) {
    String message = String.valueOf(problem.getMessage());
    String key = message.split("[ :]", 2)[0];
    return new YamlException(keys.getOrDefault(key, at), message, problem);
  }
}
