package convoy.data.vehicle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of one row while it is checked, and what was found so far. */
final class RowCells {
  private final Map<ExportColumn, String> values;
  private final RuleTable rules;
  private @Nullable List<Finding> rejections;
  private @Nullable List<Finding> warnings;

  RowCells(Map<ExportColumn, String> values, RuleTable rules) {
    this.values = values;
    this.rules = rules;
  }

  /** The trimmed value, or null when it is empty or cannot be used; only the latter is rejected. */
  @Nullable String optional(ExportColumn column) {
    String text = written(column);
    if (AsciiText.isPlain(text)) {
      return text.isEmpty() ? null : text;
    }
    return usable(column, text.strip());
  }

  /** The trimmed value, or null when it was rejected. */
  @Nullable String required(ExportColumn column) {
    String text = written(column);
    if (!text.isEmpty() && AsciiText.isPlain(text)) {
      return text;
    }
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      report(RowRule.MISSING_VALUE, column, "", Map.of("example", column.example()));
    }
    return usable(column, stripped);
  }

  /** The value without white space around it; it may be one that cannot be used. */
  String trimmed(ExportColumn column) {
    return written(column).strip();
  }

  private String written(ExportColumn column) {
    String text = values.get(column);
    return text == null ? "" : text;
  }

  private @Nullable String usable(ExportColumn column, String stripped) {
    RowRule fault = fault(column, stripped);
    if (fault != null) {
      report(fault, column, stripped, Map.of());
      return null;
    }
    return stripped.isEmpty() ? null : stripped;
  }

  /** Why no rule can say anything of the value, or null when one can. */
  static @Nullable RowRule fault(ExportColumn column, String text) {
    if (AsciiText.isPlain(text)) {
      return null;
    }
    if (UndecodedBytes.anyIn(text)) {
      return RowRule.ENCODING;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A certificate in PEM is several lines.
      boolean lineBreak = (c == '\n' || c == '\r') && column == ExportColumn.CERTIFICATE;
      if (Character.isISOControl(c) && !lineBreak) {
        return RowRule.CONTROL_CHARACTER;
      }
    }
    return null;
  }

  /** Lists what breaks a built-in rule, by the severity that the table gives the rule. */
  void report(RowRule rule, ExportColumn column, String found, Map<String, String> details) {
    Severity severity = rules.severity(rule);
    if (severity != Severity.OFF) {
      String expected = rules.message(rule, details);
      add(severity, RowRule.finding(rule.name(), column, found, expected));
    }
  }

  /** Lists what breaks an installation's own rule. */
  void report(OwnRule rule, String found) {
    add(rule.severity(), RowRule.finding(rule.id(), rule.column(), found, rule.message()));
  }

  private void add(Severity severity, Finding finding) {
    if (severity == Severity.ERROR) {
      rejections = with(rejections, finding);
    } else {
      warnings = with(warnings, finding);
    }
  }

  private static List<Finding> with(@Nullable List<Finding> findings, Finding finding) {
    List<Finding> all = findings == null ? new ArrayList<>(2) : findings;
    all.add(finding);
    return all;
  }

  List<Finding> rejections() {
    return rejections == null ? List.of() : List.copyOf(rejections);
  }

  List<Finding> warnings() {
    return warnings == null ? List.of() : List.copyOf(warnings);
  }
}
