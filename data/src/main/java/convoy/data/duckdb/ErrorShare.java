package convoy.data.duckdb;

import convoy.data.campaign.Share;
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
public record ErrorShare(Share most, int from) {

  /** Why a file of so many rows with so many faulty ones is refused; empty when it is not. */
  public Optional<String> exceeded(long read, long errors) {
    if (read < from || errors * Share.WHOLE <= read * most.basisPoints()) {
      return Optional.empty();
    }
    // Rounded up: a share just over the limit is not shown as the limit.
    BigDecimal percent =
        BigDecimal.valueOf(errors * 100)
            .divide(BigDecimal.valueOf(read), 2, RoundingMode.CEILING)
            .stripTrailingZeros();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d of %,d rows (%s%%) break a rule: expected at most %s (import.max-error-share)",
            errors,
            read,
            percent.toPlainString(),
            most));
  }
}
