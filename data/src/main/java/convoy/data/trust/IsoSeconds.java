package convoy.data.trust;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Times as signed documents carry them: UTC with whole seconds, {@code 2026-03-01T12:00:00Z} (TUF
 * specification 1.0.34, section 4.2).
 */
public final class IsoSeconds {
  private static final int LENGTH = "2026-03-01T12:00:00Z".length();

  private IsoSeconds() {}

  /**
   * The time as text; fractions of a second are cut off.
   *
   * @throws IllegalArgumentException when the year does not have four digits
   */
  public static String format(Instant time) {
    String text = DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS));
    if (text.length() != LENGTH) {
      throw new IllegalArgumentException("time " + text + ": expected a year from 0000 to 9999");
    }
    return text;
  }

  /** The time that a text stands for, or nothing when it is not in exactly this form. */
  public static Optional<Instant> parse(String text) {
    if (text.length() != LENGTH) {
      return Optional.empty();
    }
    try {
      Instant time = Instant.parse(text);
      return format(time).equals(text) ? Optional.of(time) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
