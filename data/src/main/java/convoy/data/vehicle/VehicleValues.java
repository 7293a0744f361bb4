package convoy.data.vehicle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a vehicle's values: each turns a cell into its value, or rejects it and gives null.
 */
final class VehicleValues {
  private static final int FIRST_MODEL_YEAR = 1980;
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final int lastModelYear;
  private final LocalDate lastDay;
  private final Memo<LocalDate> dates = new Memo<>(DateTexts::date);
  private final Memo<Powertrain> powertrains =
      new Memo<>(text -> Powertrain.find(text).orElse(null));

  VehicleValues(Instant now) {
    this.lastModelYear = LocalDate.ofInstant(now, ZoneOffset.UTC).getYear() + 1;
    // A plant's own day may already be tomorrow here: UTC+14 is where a day begins.
    this.lastDay = LocalDate.ofInstant(now, ZoneOffset.ofHours(14));
  }

  @Nullable Integer modelYear(RowCells cells) {
    String text = cells.required(ExportColumn.MODEL_YEAR);
    if (text == null) {
      return null;
    }
    boolean number = isNumberOfFour(text);
    int year = number ? Integer.parseInt(text) : 0;
    if (year < FIRST_MODEL_YEAR || year > lastModelYear) {
      Map<String, String> range =
          Map.of(
              "first", Integer.toString(FIRST_MODEL_YEAR), "last", Integer.toString(lastModelYear));
      RowRule rule = number ? RowRule.MODEL_YEAR_RANGE : RowRule.MODEL_YEAR;
      cells.report(rule, ExportColumn.MODEL_YEAR, text, range);
    }
    return number ? year : null;
  }

  private static boolean isNumberOfFour(String text) {
    return text.length() == 4
        && AsciiText.isDigit(text.charAt(0))
        && AsciiText.isDigit(text.charAt(1))
        && AsciiText.isDigit(text.charAt(2))
        && AsciiText.isDigit(text.charAt(3));
  }

  @Nullable Powertrain powertrain(RowCells cells) {
    String text = cells.required(ExportColumn.POWERTRAIN);
    if (text == null) {
      return null;
    }
    Powertrain powertrain = powertrains.get(text);
    if (powertrain == null) {
      cells.report(RowRule.POWERTRAIN, ExportColumn.POWERTRAIN, text, Map.of());
    }
    return powertrain;
  }

  @Nullable String region(RowCells cells) {
    String text = cells.required(ExportColumn.REGION);
    if (text == null) {
      return null;
    }
    String region = AsciiText.upper(text);
    if (region.length() != 2
        || !AsciiText.isUpper(region.charAt(0))
        || !AsciiText.isUpper(region.charAt(1))) {
      cells.report(RowRule.REGION, ExportColumn.REGION, text, Map.of());
      return null;
    }
    if (!COUNTRIES.contains(region)) {
      cells.report(RowRule.REGION_UNKNOWN, ExportColumn.REGION, text, Map.of());
    }
    return region;
  }

  @Nullable LocalDate manufacturedOn(RowCells cells) {
    String text = cells.required(ExportColumn.MANUFACTURED_ON);
    if (text == null) {
      return null;
    }
    LocalDate day = dates.get(text);
    if (day == null) {
      cells.report(RowRule.DATE, ExportColumn.MANUFACTURED_ON, text, Map.of());
    } else if (day.isAfter(lastDay)) {
      Map<String, String> last = Map.of("last", lastDay.toString());
      cells.report(RowRule.DATE_FUTURE, ExportColumn.MANUFACTURED_ON, text, last);
    }
    return day;
  }
}
