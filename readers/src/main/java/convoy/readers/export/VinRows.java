package convoy.readers.export;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.vehicle.UndecodedBytes;
import convoy.data.vehicle.Vin;
import convoy.readers.sheet.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of a list of VINs: its VINs, and what is wrong with the others. */
final class VinRows {
  private static final int MAX_VINS = 2_000_000;
  private static final int SHOWN = 20;
  private static final int SHOWN_CHARS = 40;

  private final String name;
  private final Map<String, Long> lines = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long wrong;
  private long rows;

  VinRows(String name) {
    this.name = name;
  }

  void take(long line, String vin) {
    if (!Vin.isWellFormed(vin)) {
      problem(line, "'" + shown(vin) + "': " + reason(vin));
      return;
    }
    Long earlier = lines.putIfAbsent(vin, line);
    if (earlier != null) {
      problem(line, "'%s': the same as in row %d".formatted(vin, earlier));
      return;
    }
    rows++;
    if (rows > MAX_VINS) {
      throw Refusal.of(
          name, "more than %,d VINs".formatted(MAX_VINS), "a shorter list, or a filter");
    }
  }

  void problem(long line, String problem) {
    wrong++;
    rows++;
    if (problems.size() < SHOWN) {
      problems.add("row %d: %s".formatted(line, problem));
    }
  }

  /**
   * All VINs.
   *
   * @throws ConvoyException INPUT_REFUSED when a row is wrong, or there is none
   */
  List<String> vins() {
    if (rows == 0) {
      throw Refusal.of(name, "no VIN", "one or more");
    }
    if (wrong == 0) {
      return List.copyOf(lines.keySet());
    }
    String more =
        wrong > problems.size() ? "%n  and %,d more".formatted(wrong - problems.size()) : "";
    throw new ConvoyException(
        ErrorCode.INPUT_REFUSED,
        "%s: %,d of %,d rows are wrong: expected a VIN in each, of 17 digits and capital letters without I, O and Q, and each once%n  %s%s"
            .formatted(
                name, wrong, rows, String.join(System.lineSeparator() + "  ", problems), more));
  }

  private static String reason(String vin) {
    if (vin.length() != Vin.LENGTH) {
      return vin.isEmpty() ? "nothing" : vin.length() + " characters";
    }
    int bad = 0;
    while (Vin.isAllowed(vin.charAt(bad))) {
      bad++;
    }
    return "'%s' in place %d".formatted(UndecodedBytes.shown(vin.substring(bad, bad + 1)), bad + 1);
  }

  private static String shown(String text) {
    return UndecodedBytes.shown(
        text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…");
  }
}
