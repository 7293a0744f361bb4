package convoy.data.vehicle;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the values that every row has: each turns a cell into its value, or rejects it and
 * gives null.
 */
final class RowValues {
  private final RuleTable rules;
  private final Instant lastExport;
  private final Memo<Instant> times = new Memo<>(DateTexts::instant);

  RowValues(RuleTable rules, Instant now) {
    this.rules = rules;
    this.lastExport = now.plus(Duration.ofDays(1));
  }

  @Nullable String vin(RowCells cells) {
    String text = cells.required(ExportColumn.VIN);
    if (text == null) {
      return null;
    }
    String vin = AsciiText.upper(text);
    if (!Vin.isWellFormed(vin)) {
      cells.report(RowRule.VIN_SHAPE, ExportColumn.VIN, text, Map.of("fault", shapeFaults(vin)));
      return null;
    }
    if (rules.hasCheckDigit(vin) && !Vin.hasValidCheckDigit(vin)) {
      Map<String, String> right =
          Map.of("digit", String.valueOf(Vin.checkDigit(vin)), "vin", Vin.withCheckDigit(vin));
      cells.report(RowRule.VIN_CHECK_DIGIT, ExportColumn.VIN, text, right);
    }
    return vin;
  }

  /** What is wrong with its shape: the length, and the first character that does not belong. */
  private static String shapeFaults(String vin) {
    int length = vin.codePointCount(0, vin.length());
    String faults = length == Vin.LENGTH ? "" : "%d characters".formatted(length);
    int at = 0;
    while (at < vin.length() && Vin.isAllowed(vin.charAt(at))) {
      at++;
    }
    if (at < vin.length()) {
      faults +=
          "%s'%s' in position %d"
              .formatted(
                  faults.isEmpty() ? "" : ", ", Character.toString(vin.codePointAt(at)), at + 1);
    }
    return faults;
  }

  @Nullable Instant exportedAt(RowCells cells) {
    String text = cells.required(ExportColumn.EXPORTED_AT);
    if (text == null) {
      return null;
    }
    Instant time = times.get(text);
    if (time == null) {
      cells.report(RowRule.EXPORTED_AT, ExportColumn.EXPORTED_AT, text, Map.of());
    } else if (time.isAfter(lastExport)) {
      Map<String, String> last = Map.of("last", lastExport.toString());
      cells.report(RowRule.EXPORTED_AT_FUTURE, ExportColumn.EXPORTED_AT, text, last);
    }
    return time;
  }
}
