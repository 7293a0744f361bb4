package convoy.data.duckdb;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An input file of which something was rejected, as it was judged last.
 *
 * @param rowsRead 0 when it was refused as a whole
 * @param rules by how many rows broke them, most first
 * @param resubmissions since it was judged, oldest first
 */
public record QuarantinedInput(
    String sha256,
    String name,
    ImportLedger.Purpose purpose,
    ImportLedger.Outcome outcome,
    String run,
    Instant judgedAt,
    long rowsRead,
    long rowsQuarantined,
    List<RuleCount> rules,
    List<Resubmission> resubmissions) {

  /** How many rows broke a rule. */
  public record RuleCount(String rule, long rows) {}

  /** What a file was made from rejected rows for. */
  public enum Act {
    /** It was put into the inbox, to be judged again. */
    SENT,
    /** It was put elsewhere, to be edited. */
    TAKEN_OUT
  }

  /**
   * A file that was made from what was rejected.
   *
   * @param rule only rows that broke this rule; null: all of them
   * @param rows 0: the whole refused file
   * @param target where the new file was put
   */
  public record Resubmission(
      Act act, @Nullable String rule, long rows, String target, Instant at) {}

  /**
   * A rejected row.
   *
   * @param sheet of a workbook, else null
   * @param rules all that it broke
   */
  public record Row(@Nullable String sheet, long line, String raw, List<String> rules) {
    public Row {
      rules = List.copyOf(rules);
    }
  }

  public QuarantinedInput {
    rules = List.copyOf(rules);
    resubmissions = List.copyOf(resubmissions);
  }

  /** Whether the file was refused as a whole. */
  public boolean isRefused() {
    return outcome == ImportLedger.Outcome.REFUSED;
  }

  /** What was put into the inbox before and holds rows of that rule; null: of any rule. */
  public Optional<Resubmission> sent(@Nullable String rule) {
    return resubmissions.stream()
        .filter(r -> r.act() == Act.SENT)
        .filter(r -> rule == null || r.rule() == null || r.rule().equals(rule))
        .findFirst();
  }

  /** The digits under which its files stand in the archive and in quarantine. */
  public String shortHash() {
    return sha256.substring(0, 8);
  }

  /** How many of its rows broke the rule; with null, how many were rejected. */
  public long rowsOf(@Nullable String rule) {
    return rule == null
        ? rowsQuarantined
        : rules.stream().filter(r -> r.rule().equals(rule)).mapToLong(RuleCount::rows).sum();
  }
}
