package convoy.jobs.resubmit;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.QuarantinedInput;
import convoy.data.duckdb.QuarantinedInputs;
import convoy.data.vehicle.RowRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Which rejected rows of an input go into new files.
 *
 * @param lines the lines of the rows in file order, by sheet; the sheet is empty for a text
 * @param leftOut how many rows are left to a person, by the rule that says so
 */
record Selection(Map<String, long[]> lines, Map<String, Long> leftOut) {
  /**
   * Rules whose rows have to be corrected by a person before they may land. Two rows with open
   * quotes in one file could become one row. A row that was one too many, or contradicted its
   * neighbours, stands alone in a new file, where the same rule would let it pass.
   */
  private static final Set<String> BY_HAND =
      Set.of(RowRule.QUOTES.name(), "CSV_QUOTE", "DUPLICATE", "VEHICLE_DIFFERS");

  /**
   * Rules whose rows are nowhere to be had as they stood. Where rows come from the store, bytes
   * that could not be read are shown there as text, which would be good text.
   */
  private static final Set<String> LOST = Set.of(RowRule.ENCODING.name());

  /** Whose hands the new file comes into. */
  enum Reader {
    JOB,
    PERSON
  }

  /** Where the rows are taken from. */
  enum Origin {
    ARCHIVE,
    STORE
  }

  /** The rows that the request is about. */
  static Selection of(
      FleetStore store, QuarantinedInput input, Resubmission.Request request, Origin origin) {
    Predicate<String> stays =
        rule ->
            (request.reader() == Reader.JOB && BY_HAND.contains(rule))
                || (origin == Origin.STORE && LOST.contains(rule));
    Map<String, LongStream.Builder> lines = new LinkedHashMap<>();
    Map<String, Long> leftOut = new TreeMap<>();
    QuarantinedInputs.rows(
        store,
        input,
        request.rule(),
        row ->
            row.rules().stream()
                .filter(stays)
                .findFirst()
                .ifPresentOrElse(
                    rule -> leftOut.merge(rule, 1L, Long::sum),
                    () ->
                        lines
                            .computeIfAbsent(sheet(row), sheet -> LongStream.builder())
                            .add(row.line())));
    Map<String, long[]> built = new LinkedHashMap<>();
    lines.forEach(
        (sheet, builder) -> built.put(sheet, builder.build().sorted().distinct().toArray()));
    return new Selection(built, leftOut);
  }

  static String sheet(QuarantinedInput.Row row) {
    return Objects.requireNonNullElse(row.sheet(), "");
  }
}
