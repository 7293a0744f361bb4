package convoy.data.vehicle;

import convoy.config.Percentage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/**
 * How large a share of a file's rows may be in quarantine before the file is refused: with so many
 * errors it is more likely another file than it seems, and its good rows are not to be trusted.
 *
 * @param from the share is looked at in files of this many rows or more
 */
public record ErrorShare(Percentage most, int from) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Why a file with these rows is refused; empty when it is not. */
  public Optional<String> exceeded(long read, long quarantined) {
    BigDecimal rows = BigDecimal.valueOf(read);
    BigDecimal errors = BigDecimal.valueOf(quarantined).multiply(HUNDRED);
    if (read < from || errors.compareTo(most.percent().multiply(rows)) <= 0) {
      return Optional.empty();
    }
    // Rounded up: a share just over the limit is not shown as the limit.
    BigDecimal share = errors.divide(rows, 2, RoundingMode.CEILING).stripTrailingZeros();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d of %,d rows (%s%%) break a rule: expected at most %s (import.max-error-share)",
            quarantined,
            read,
            share.toPlainString(),
            most));
  }
}
