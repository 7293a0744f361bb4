package convoy.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of a whole, written {@code 12.5%}, to a hundredth of a percent.
 *
 * @param basisPoints hundredths of a percent, 0 to 10,000
 */
public record Percentage(int basisPoints) {
  private static final int WHOLE = 10_000;
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})(?:\\.([0-9]{1,2}))? ?%");

  public Percentage {
    if (basisPoints < 0 || basisPoints > WHOLE) {
      throw new IllegalArgumentException(basisPoints + " basis points: expected 0 to " + WHOLE);
    }
  }

  /**
   * Reads a percentage with at most two decimals.
   *
   * @throws IllegalArgumentException when it is not one; the message begins with the text in quotes
   */
  public static Percentage parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (m.matches()) {
      String decimals = m.group(2) == null ? "00" : (m.group(2) + "0").substring(0, 2);
      int basisPoints = Integer.parseInt(m.group(1) + decimals);
      if (basisPoints <= WHOLE) {
        return new Percentage(basisPoints);
      }
    }
    throw new IllegalArgumentException(
        "'%s': expected a share from 0%% to 100%% such as 12.5%%".formatted(text));
  }
}
