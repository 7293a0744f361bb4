package convoy.scheduler.cli;

import convoy.data.duckdb.Quarantine;
import convoy.data.duckdb.QuarantinedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What was rejected, in lines for a person. */
final class QuarantineText {
  private static final int NAME = 80;
  private static final int VALUE = 120;
  private static final int RAW = 160;
  private static final int TOP_RULES = 3;

  private QuarantineText() {}

  /** An input on one line. */
  static String line(QuarantinedInput input) {
    return "%s  %-36s %s  %s; %s"
        .formatted(
            input.shortHash(),
            ScreenText.of(input.name(), NAME),
            input.judgedAt(),
            input.isRefused()
                ? "refused"
                : "%,d rows read, %,d quarantined: %s"
                    .formatted(input.rowsRead(), input.rowsQuarantined(), rules(input)),
            state(input));
  }

  private static String rules(QuarantinedInput input) {
    String top =
        input.rules().stream()
            .limit(TOP_RULES)
            .map(rule -> "%,d %s".formatted(rule.rows(), rule.rule()))
            .collect(Collectors.joining(", "));
    int more = input.rules().size() - TOP_RULES;
    return more <= 0 ? top : "%s, and %d other rules".formatted(top, more);
  }

  private static String state(QuarantinedInput input) {
    return input.resubmissions().isEmpty()
        ? "open"
        : input.resubmissions().stream().map(QuarantineText::act).collect(Collectors.joining("; "));
  }

  private static String act(QuarantinedInput.Resubmission made) {
    String what = made.rows() == 0 ? "" : ": " + rows(made.rows());
    String rule = made.rule() == null ? "" : " of " + made.rule();
    return made.act() == QuarantinedInput.Act.SENT
        ? "resubmitted on %s%s%s".formatted(made.at(), what, rule)
        : "taken out on %s%s%s to %s".formatted(made.at(), what, rule, made.target());
  }

  /** A number of rows in words. */
  static String rows(long rows) {
    return rows == 1 ? "1 row" : "%,d rows".formatted(rows);
  }

  /** Each row once with its faults, then as it stood. */
  static List<String> rows(List<Quarantine.Line> lines) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Quarantine.Line line = lines.get(i);
      shown.add(fault(line));
      boolean isLast = i + 1 == lines.size() || !isSameRow(line, lines.get(i + 1));
      if (isLast && !line.raw().isEmpty()) {
        shown.add("    " + ScreenText.of(line.raw(), RAW));
      }
    }
    return shown;
  }

  private static boolean isSameRow(Quarantine.Line one, Quarantine.Line other) {
    return one.line() == other.line() && Objects.equals(one.sheet(), other.sheet());
  }

  private static String fault(Quarantine.Line line) {
    if (line.line() == 0) {
      return "%s: %s".formatted(line.rule(), ScreenText.of(line.found(), 4 * VALUE));
    }
    return "%sline %d: %s: %s '%s': expected %s"
        .formatted(
            line.sheet() == null ? "" : "sheet %s ".formatted(ScreenText.of(line.sheet(), NAME)),
            line.line(),
            line.rule(),
            line.column().isEmpty() ? "row" : line.column(),
            ScreenText.of(line.found(), VALUE),
            ScreenText.of(line.expected(), 2 * VALUE));
  }
}
