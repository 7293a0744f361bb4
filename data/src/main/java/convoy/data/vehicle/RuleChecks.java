package convoy.data.vehicle;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the settings may say of a rule; messages begin with the path of what is refused. */
final class RuleChecks {
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final Pattern DETAIL = Pattern.compile("\\{([^{}]*)}");

  private RuleChecks() {}

  static String path(String id) {
    return "import.rules." + id;
  }

  /** Severity and message can be changed, within limits; what it checks cannot. */
  static void builtIn(RowRule known, RuleSetting rule) {
    String path = path(known.name());
    if (rule.hasCheck() || rule.column() != null || rule.when() != null) {
      throw new IllegalArgumentException(
          path
              + ": a built-in rule, with a column or check: expected another id for a rule of your"
              + " own; of this one severity and message can be changed");
    }
    if (known.freedom() == RowRule.Freedom.ALWAYS_ERROR && rule.severity() != Severity.ERROR) {
      throw new IllegalArgumentException(
          "%s.severity '%s': expected ERROR: what breaks this rule cannot be used"
              .formatted(path, rule.severity()));
    }
    if (known.freedom() == RowRule.Freedom.NEVER_ERROR && rule.severity() == Severity.ERROR) {
      throw new IllegalArgumentException(
          "%s.severity 'ERROR': expected WARN or OFF: it is looked at when the file has landed"
              .formatted(path));
    }
    if (rule.message() == null) {
      throw new IllegalArgumentException(path + ": has no message");
    }
    Matcher detail = DETAIL.matcher(rule.message());
    while (detail.find()) {
      if (!known.details().contains(detail.group(1))) {
        String expected =
            known.details().isEmpty()
                ? "no braces in this message"
                : new TreeSet<>(known.details())
                    .stream().map(d -> "{" + d + "}").collect(joining(", "));
        throw new IllegalArgumentException(
            "%s.message '%s': expected %s".formatted(path, detail.group(), expected));
      }
    }
  }

  /** An id that no built-in rule has is a new rule, which must say what it checks. */
  static void own(String id, RuleSetting rule) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "%s: expected an id of capitals, digits and '_' such as SERIAL_SHAPE"
              .formatted(path(id)));
    }
    if (!rule.hasCheck()) {
      throw new IllegalArgumentException(
          "%s: neither a built-in rule nor one with a check: expected %s, or one or more of matches,"
                  .formatted(path(id), builtInIds())
              + " one-of, not-empty, min-length and max-length");
    }
    if (rule.column() == null || rule.message() == null) {
      throw new IllegalArgumentException(
          "%s: has no %s: expected column, what it checks, and message"
              .formatted(path(id), rule.column() == null ? "column" : "message"));
    }
  }

  /** A built-in rule that the settings lack would be one that nobody applies. */
  static void complete(Set<RowRule> rules) {
    for (RowRule rule : RowRule.values()) {
      if (!rules.contains(rule)) {
        throw new IllegalArgumentException("import.rules: lacks " + rule);
      }
    }
  }

  private static String builtInIds() {
    return Arrays.stream(RowRule.values()).map(Enum::name).sorted().collect(joining(", "));
  }
}
