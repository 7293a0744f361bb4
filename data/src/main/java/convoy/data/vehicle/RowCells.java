package convoy.data.vehicle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of one row while it is checked, and the rejections gathered so far. */
final class RowCells {
  private final Map<ExportColumn, String> values;
  private final List<Finding> rejections = new ArrayList<>(0);

  RowCells(Map<ExportColumn, String> values) {
    this.values = values;
  }

  /** The trimmed value, or null when it is empty or cannot be used; only the latter is rejected. */
  @Nullable String optional(ExportColumn column) {
    String text = values.getOrDefault(column, "").strip();
    if (text.isEmpty()) {
      return null;
    }
    if (UndecodedBytes.anyIn(text)) {
      reject(RowRule.ENCODING, column, text);
      return null;
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      reject(RowRule.CONTROL_CHARACTER, column, text);
      return null;
    }
    return text;
  }

  /** The trimmed value, or null when it was rejected. */
  @Nullable String required(ExportColumn column) {
    int before = rejections.size();
    String text = optional(column);
    if (text == null && rejections.size() == before) {
      reject(RowRule.MISSING_VALUE, column, "", "a value such as " + column.example());
    }
    return text;
  }

  void reject(RowRule rule, ExportColumn column, String found) {
    reject(rule, column, found, rule.expected());
  }

  void reject(RowRule rule, ExportColumn column, String found, String expected) {
    rejections.add(rule.reject(column, found, expected));
  }

  List<Finding> rejections() {
    return List.copyOf(rejections);
  }
}
