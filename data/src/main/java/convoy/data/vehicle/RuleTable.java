package convoy.data.vehicle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules for the rows of exports as an installation has set them: for each id what follows when
 * a row breaks the rule, and what its messages say. Immutable.
 */
public final class RuleTable {
  private final Map<RowRule, RuleSetting> builtIn = new EnumMap<>(RowRule.class);
  private final Map<String, Severity> severities = new LinkedHashMap<>();
  private final List<OwnRule> own = new ArrayList<>();
  private final List<String> checkDigitRegions;

  /**
   * @param settings by rule id
   * @param checkDigitRegions how VINs begin that carry a check digit
   * @throws IllegalArgumentException when a rule is not as it must be; the message begins with its
   *     path in the settings, such as {@code import.rules.DATE.severity}
   */
  public RuleTable(
      Map<String, RuleSetting> settings, List<String> checkDigitRegions, ModuleCatalog modules) {
    CanonicalTexts texts = new CanonicalTexts(modules);
    settings.forEach(
        (id, rule) -> {
          RowRule known = RowRule.find(id).orElse(null);
          if (known != null) {
            RuleChecks.builtIn(known, rule);
            builtIn.put(known, rule);
          } else {
            own.add(OwnRule.of(id, rule, texts));
          }
          severities.put(id, rule.severity());
        });
    RuleChecks.complete(builtIn.keySet());
    own.removeIf(rule -> rule.severity() == Severity.OFF);
    this.checkDigitRegions = List.copyOf(checkDigitRegions);
  }

  /** By id, built-in rules and an installation's own. */
  public Map<String, Severity> severities() {
    return Map.copyOf(severities);
  }

  public Severity severity(RowRule rule) {
    return rule(rule).severity();
  }

  /** What a built-in rule expects, with details such as <code>{line}</code> still to be put in. */
  public String message(RowRule rule) {
    return String.valueOf(rule(rule).message());
  }

  /** What a built-in rule expects, with the details of one case. */
  public String message(RowRule rule, Map<String, String> details) {
    String message = message(rule);
    for (Map.Entry<String, String> detail : details.entrySet()) {
      message = message.replace("{" + detail.getKey() + "}", detail.getValue());
    }
    return message;
  }

  /** Whether VINs that begin like this one carry a check digit. */
  boolean hasCheckDigit(String vin) {
    for (int i = 0; i < checkDigitRegions.size(); i++) {
      if (vin.startsWith(checkDigitRegions.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** The installation's own rules that are not off. */
  List<OwnRule> own() {
    return own;
  }

  private RuleSetting rule(RowRule rule) {
    RuleSetting found = builtIn.get(rule);
    if (found == null) {
      throw new IllegalStateException(rule + " is not in the table");
    }
    return found;
  }
}
