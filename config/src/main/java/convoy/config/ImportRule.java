package convoy.config;

import static convoy.config.Checks.check;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of rules for exports. A built-in rule has no check here; a rule of an
 * installation's own has a column and one check or more, all of which must hold. An empty value
 * breaks {@code not-empty} alone.
 *
 * @param rule what it checks, in words, for people
 * @param message what is expected, for messages
 * @param column the header of the column that it looks at
 * @param when the rule applies to rows that have one of these values in each of these columns
 * @param matches a regular expression (java.util.regex) for the whole value
 */
public record ImportRule(
    RuleSeverity severity,
    @Nullable String rule,
    @Nullable String message,
    @Nullable String column,
    @Nullable Map<String, List<String>> when,
    @Nullable String matches,
    @Nullable List<String> oneOf,
    @Nullable Boolean notEmpty,
    @Nullable Integer minLength,
    @Nullable Integer maxLength) {

  public ImportRule {
    check(message == null || !message.isBlank(), "message", message, "what a value should be");
    check(notEmpty == null || notEmpty, "not-empty", notEmpty, "true, or no such key");
    check(oneOf == null || !oneOf.isEmpty(), "one-of", "[]", "one value or more");
    check(minLength == null || minLength >= 1, "min-length", minLength, "1 or more");
    int least = minLength == null ? 1 : minLength;
    check(maxLength == null || maxLength >= least, "max-length", maxLength, least + " or more");
    if (when != null) {
      when.forEach((key, values) -> check(!values.isEmpty(), "when", key, "one value or more"));
    }
    checkPattern(matches);
  }

  private static void checkPattern(@Nullable String matches) {
    try {
      if (matches != null) {
        Pattern.compile(matches);
      }
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "matches '%s': expected a regular expression (%s)".formatted(matches, e.getDescription()),
          e);
    }
  }
}
