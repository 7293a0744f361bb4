package convoy.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A share of a whole, written {@code 12.5%}.
 *
 * @param percent 0 to 100, without needless zeros
 */
public record Percentage(BigDecimal percent) {
  private static final Pattern TEXT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,4})? ?%");
  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  public Percentage {
    percent = percent.stripTrailingZeros();
    if (percent.signum() < 0 || percent.compareTo(WHOLE) > 0) {
      throw new IllegalArgumentException("%s %%: expected 0 to 100".formatted(percent));
    }
  }

  /**
   * Reads a percentage with at most four decimals.
   *
   * @throws IllegalArgumentException when it is not one; the message begins with the text in quotes
   */
  public static Percentage parse(String text) {
    if (TEXT.matcher(text).matches()) {
      BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1).strip());
      if (percent.compareTo(WHOLE) <= 0) {
        return new Percentage(percent);
      }
    }
    throw new IllegalArgumentException(
        "'%s': expected a share from 0%% to 100%% such as 12.5%%".formatted(text));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return percent.toPlainString() + "%";
  }
}
