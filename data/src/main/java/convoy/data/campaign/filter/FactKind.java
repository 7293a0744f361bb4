package convoy.data.campaign.filter;

import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Vin;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What the values of a fact are, and how they are written. */
public enum FactKind {
  TEXT("text of one line without outer spaces", false),
  REGION("a two-letter code such as DE", false),
  POWERTRAIN("one of " + String.join(", ", Powertrains.NAMES), false),
  VIN("a VIN: 17 digits and capital letters without I, O and Q", false),
  YEAR("a year such as 2025", true),
  DATE("a date such as 2025-03-01", true);

  private static final Pattern CODE = Pattern.compile("[A-Z]{2}");
  private static final Pattern FOUR_DIGITS = Pattern.compile("[12][0-9]{3}");

  private final String expected;
  private final boolean isOrdered;

  FactKind(String expected, boolean isOrdered) {
    this.expected = expected;
    this.isOrdered = isOrdered;
  }

  /** Whether one value can be less than another. */
  public boolean isOrdered() {
    return isOrdered;
  }

  /** What a value should be, for messages. */
  public String expected() {
    return expected;
  }

  /** Whether the text is such a value. Order among them is that of their texts. */
  boolean accepts(String text) {
    return switch (this) {
      case TEXT -> isText(text);
      case REGION -> CODE.matcher(text).matches();
      case POWERTRAIN -> Powertrains.NAMES.contains(text);
      case VIN -> Vin.isWellFormed(text);
      case YEAR -> FOUR_DIGITS.matcher(text).matches();
      case DATE -> isDate(text);
    };
  }

  private static boolean isText(String text) {
    return !text.isEmpty()
        && text.equals(text.strip())
        && text.chars().noneMatch(Character::isISOControl);
  }

  private static boolean isDate(String text) {
    try {
      // Years of four digits alone: then the order of dates is that of their texts.
      return text.length() == 10 && LocalDate.parse(text).toString().equals(text);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** Beside the constants, which cannot refer to what their own class makes after them. */
  private static final class Powertrains {
    static final List<String> NAMES = Arrays.stream(Powertrain.values()).map(Enum::name).toList();
  }
}
