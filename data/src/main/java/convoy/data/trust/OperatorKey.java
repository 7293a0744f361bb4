package convoy.data.trust;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key of an operator.
 *
 * @param validUntil from then on it signs nothing
 * @param revoked null while it is not
 */
public record OperatorKey(PublicKey key, Instant validUntil, @Nullable Revocation revoked) {

  /** Why the key may not be used at that time, as a sentence; empty when it may. */
  public Optional<String> problem(String operator, Instant now) {
    if (revoked != null) {
      return Optional.of(
          "the key of operator '%s' was revoked at %s (%s): %s"
              .formatted(
                  operator, IsoSeconds.format(revoked.at()), revoked.kind(), revoked.reason()));
    }
    return validUntil.isAfter(now)
        ? Optional.empty()
        : Optional.of(
            "the key of operator '%s' ran out at %s"
                .formatted(operator, IsoSeconds.format(validUntil)));
  }

  OperatorKey revokedBy(Revocation revocation) {
    return new OperatorKey(key, validUntil, revocation);
  }
}
