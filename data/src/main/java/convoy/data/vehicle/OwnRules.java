package convoy.data.vehicle;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies an installation's own rules to a row. Values that cannot be used are passed over. */
final class OwnRules {
  private final Map<ExportKind, List<OwnRule>> byKind = new EnumMap<>(ExportKind.class);
  private final CanonicalTexts texts;

  OwnRules(List<OwnRule> rules, CanonicalTexts texts) {
    for (ExportKind kind : ExportKind.values()) {
      byKind.put(kind, rules.stream().filter(rule -> rule.fits(kind)).toList());
    }
    this.texts = texts;
  }

  void apply(ExportKind kind, RowCells cells) {
    for (OwnRule rule : byKind.getOrDefault(kind, List.of())) {
      if (appliesTo(rule, cells)) {
        String value = value(cells, rule.column());
        if (value != null && !rule.allows(value)) {
          cells.report(rule, cells.trimmed(rule.column()));
        }
      }
    }
  }

  private boolean appliesTo(OwnRule rule, RowCells cells) {
    for (Map.Entry<ExportColumn, Set<String>> condition : rule.when().entrySet()) {
      String value = value(cells, condition.getKey());
      if (value == null || !condition.getValue().contains(value)) {
        return false;
      }
    }
    return true;
  }

  /** Empty for an empty cell; null for one that a built-in rule has rejected. */
  private @Nullable String value(RowCells cells, ExportColumn column) {
    String text = cells.trimmed(column);
    if (text.isEmpty()) {
      return text;
    }
    return RowCells.fault(column, text) != null ? null : texts.of(column, text);
  }
}
