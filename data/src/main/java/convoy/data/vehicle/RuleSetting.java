package convoy.data.vehicle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the rule table as an installation has set it. A built-in rule has severity and
 * message alone; a rule of its own also a column and one check or more, all of which must hold.
 *
 * @param message what is expected, for messages
 * @param column the header of the column that it looks at
 * @param when the rule applies to rows that have one of these values in each of these columns
 * @param matches a regular expression for the whole value
 * @param oneOf null for any value
 */
public record RuleSetting(
    Severity severity,
    @Nullable String message,
    @Nullable String column,
    @Nullable Map<String, List<String>> when,
    @Nullable String matches,
    @Nullable List<String> oneOf,
    @Nullable Boolean notEmpty,
    @Nullable Integer minLength,
    @Nullable Integer maxLength) {

  /** Whether it says itself what it checks, as no built-in rule does. */
  boolean hasCheck() {
    return matches != null
        || oneOf != null
        || notEmpty != null
        || minLength != null
        || maxLength != null;
  }
}
