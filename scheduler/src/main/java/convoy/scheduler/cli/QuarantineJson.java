package convoy.scheduler.cli;

import convoy.data.duckdb.Quarantine;
import convoy.data.duckdb.QuarantinedInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was rejected, as one JSON document for programs (docs/formats/reports.md). */
final class QuarantineJson {
  private QuarantineJson() {}

  /** A list of inputs. */
  static String of(List<QuarantinedInput> inputs) {
    return ScreenJson.of(inputs.stream().map(QuarantineJson::input).toList());
  }

  /** An input with its faults. */
  static String of(QuarantinedInput input, List<Quarantine.Line> lines) {
    Map<String, @Nullable Object> document = input(input);
    document.put("faults", lines.stream().map(QuarantineJson::fault).toList());
    return ScreenJson.of(document);
  }

  private static Map<String, @Nullable Object> input(QuarantinedInput input) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("sha256", input.sha256());
    object.put("file", input.name());
    object.put("purpose", input.purpose().name());
    object.put("outcome", input.outcome().name());
    object.put("run", input.run());
    object.put("judgedAt", input.judgedAt().toString());
    object.put("rowsRead", input.rowsRead());
    object.put("rowsQuarantined", input.rowsQuarantined());
    Map<String, Long> rules = new LinkedHashMap<>();
    input.rules().forEach(rule -> rules.put(rule.rule(), rule.rows()));
    object.put("rules", rules);
    object.put(
        "resubmissions", input.resubmissions().stream().map(QuarantineJson::resubmission).toList());
    return object;
  }

  private static Map<String, @Nullable Object> resubmission(QuarantinedInput.Resubmission made) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("act", made.act().name());
    object.put("rule", made.rule());
    object.put("rows", made.rows());
    object.put("target", made.target());
    object.put("madeAt", made.at().toString());
    return object;
  }

  private static Map<String, @Nullable Object> fault(Quarantine.Line line) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("sheet", line.sheet());
    object.put("line", line.line());
    object.put("column", line.column());
    object.put("rule", line.rule());
    object.put("found", line.found());
    object.put("expected", line.expected());
    object.put("raw", line.raw());
    return object;
  }
}
