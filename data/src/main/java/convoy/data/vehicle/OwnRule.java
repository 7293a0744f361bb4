package convoy.data.vehicle;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule that an installation has added in its settings. Values are compared as {@link
 * CanonicalTexts} has them; an empty value breaks {@code not-empty} alone.
 *
 * @param when the rule applies where each of these columns has one of its values
 * @param oneOf empty for any value
 */
record OwnRule(
    String id,
    Severity severity,
    ExportColumn column,
    Map<ExportColumn, Set<String>> when,
    boolean notEmpty,
    @Nullable Pattern pattern,
    Set<String> oneOf,
    int minLength,
    int maxLength,
    String message) {

  /** A longer value does not match: a pattern may need a stack frame for each character. */
  private static final int MATCHED = 1000;

  /**
   * @throws IllegalArgumentException when the settings' rule is not as it must be
   */
  static OwnRule of(String id, RuleSetting rule, CanonicalTexts texts) {
    RuleChecks.own(id, rule);
    String path = RuleChecks.path(id);
    ExportColumn column = column(path + ".column", String.valueOf(rule.column()));
    Map<ExportColumn, Set<String>> when = new EnumMap<>(ExportColumn.class);
    if (rule.when() != null) {
      rule.when()
          .forEach(
              (header, values) -> {
                ExportColumn other = column(path + ".when." + header, header);
                when.put(other, canonical(path + ".when." + header, other, values, texts));
              });
    }
    return new OwnRule(
        id,
        rule.severity(),
        column,
        when,
        rule.notEmpty() != null,
        rule.matches() == null ? null : Pattern.compile(rule.matches()),
        rule.oneOf() == null ? Set.of() : canonical(path + ".one-of", column, rule.oneOf(), texts),
        rule.minLength() == null ? 0 : rule.minLength(),
        rule.maxLength() == null ? Integer.MAX_VALUE : rule.maxLength(),
        String.valueOf(rule.message()));
  }

  /** Whether a row of that kind has the columns that the rule looks at. */
  boolean fits(ExportKind kind) {
    return kind.has(column) && when.keySet().stream().allMatch(kind::has);
  }

  /** Whether a value is as the rule wants it. */
  boolean allows(String value) {
    if (value.isEmpty()) {
      return !notEmpty;
    }
    return value.length() >= minLength
        && value.length() <= maxLength
        && (oneOf.isEmpty() || oneOf.contains(value))
        && (pattern == null || (value.length() <= MATCHED && pattern.matcher(value).matches()));
  }

  private static Set<String> canonical(
      String path, ExportColumn column, List<String> values, CanonicalTexts texts) {
    Set<String> canonical = new LinkedHashSet<>();
    for (String value : values) {
      String text = value.isEmpty() ? value : texts.of(column, value);
      if (text == null) {
        throw new IllegalArgumentException(
            "%s '%s': expected a %s that is known, such as %s"
                .formatted(path, value, column.header(), column.example()));
      }
      canonical.add(text);
    }
    return canonical;
  }

  private static ExportColumn column(String path, String header) {
    return Arrays.stream(ExportColumn.values())
        .filter(column -> column.header().equals(header))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s '%s': expected one of %s"
                        .formatted(
                            path,
                            header,
                            Arrays.stream(ExportColumn.values())
                                .map(ExportColumn::header)
                                .collect(Collectors.joining(", ")))));
  }
}
