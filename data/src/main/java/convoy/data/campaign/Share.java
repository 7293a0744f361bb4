package convoy.data.campaign;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of a number of vehicles, written {@code 12.5%}, to a hundredth of a percent.
 *
 * @param basisPoints hundredths of a percent, 0 to 10,000
 */
public record Share(int basisPoints) implements Comparable<Share> {
  /** Basis points of the whole. */
  public static final int WHOLE = 10_000;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})(?:\\.([0-9]{1,2}))? ?%");

  public Share {
    if (basisPoints < 0 || basisPoints > WHOLE) {
      throw new IllegalArgumentException(
          "%d basis points: expected 0 to %d".formatted(basisPoints, WHOLE));
    }
  }

  /**
   * Reads a percentage with at most two decimals.
   *
   * @throws IllegalArgumentException when the text is not a share from 0% to 100%; the message
   *     begins with the text in quotes
   */
  public static Share parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (m.matches()) {
      String decimals = m.group(2) == null ? "00" : (m.group(2) + "0").substring(0, 2);
      int basisPoints = Integer.parseInt(m.group(1) + decimals);
      if (basisPoints <= WHOLE) {
        return new Share(basisPoints);
      }
    }
    throw new IllegalArgumentException(
        "'%s': expected a share from 0%% to 100%% such as 12.5%%".formatted(text));
  }

  @Override
  public int compareTo(Share other) {
    return Integer.compare(basisPoints, other.basisPoints);
  }

  /** As {@link #parse} reads it, without needless zeros. */
  @Override
  public String toString() {
    return percent(basisPoints);
  }

  /** So many basis points, also more than the whole, in the form of a share. */
  public static String percent(int basisPoints) {
    return new BigDecimal(basisPoints).movePointLeft(2).stripTrailingZeros().toPlainString() + "%";
  }
}
