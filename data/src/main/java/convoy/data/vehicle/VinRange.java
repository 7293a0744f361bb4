package convoy.data.vehicle;

/**
 * The VINs from one up to before another, in the order of their characters.
 *
 * @param from the first; empty where there is no lower bound
 * @param before behind the last
 */
public record VinRange(String from, String before) {
  /** Sorts behind every VIN, which has digits and letters alone. */
  public static final String END = "~";

  /** Every VIN. */
  public static final VinRange ALL = new VinRange("", END);
}
