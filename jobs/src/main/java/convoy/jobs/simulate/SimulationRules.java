package convoy.jobs.simulate;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.error.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file of rules; the first one that covers an attempt says what becomes of it. */
public record SimulationRules(List<SimulationRule> rules) {
  /** Where nothing was said. */
  public static final SimulationRules NONE = new SimulationRules(List.of());

  public SimulationRules {
    rules = List.copyOf(rules);
  }

  /** Whether a rule has a name that a store may not know. */
  public boolean hasNames() {
    return rules.stream().anyMatch(rule -> !rule.names().isEmpty());
  }

  /**
   * Refuses what no vehicle could fit.
   *
   * @param known by key, the names that there are
   * @throws ConvoyException USAGE for one that is not among them, with the nearest
   */
  public SimulationRules requireKnown(Map<String, Set<String>> known) {
    for (int i = 0; i < rules.size(); i++) {
      for (Map.Entry<String, List<String>> names : rules.get(i).names().entrySet()) {
        Set<String> those = known.getOrDefault(names.getKey(), Set.of());
        for (String name : names.getValue()) {
          if (!those.contains(name)) {
            throw new ConvoyException(
                ErrorCode.USAGE,
                "rule %d: %s '%s': expected %s"
                    .formatted(i + 1, names.getKey(), name, expected(name, those)));
          }
        }
      }
    }
    return this;
  }

  private static String expected(String name, Set<String> known) {
    return Nearest.to(name, known)
        .map("one that is known here, did you mean '%s'?"::formatted)
        .orElse("one of " + String.join(", ", known.stream().sorted().limit(20).toList()));
  }
}
