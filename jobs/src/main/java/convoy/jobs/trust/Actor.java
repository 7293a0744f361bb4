package convoy.jobs.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Operator;
import convoy.data.trust.Permission;
import convoy.data.trust.SigningKey;
import convoy.data.trust.Trust;
import java.time.Instant;
import java.util.Optional;

/**
 * An operator who has proved to be the one, by opening the present key.
 *
 * @param key the operator's private key
 */
public record Actor(String name, SigningKey key) {

  /**
   * Proves an operator.
   *
   * @param key what opening the operator's key file gave
   * @throws ConvoyException NOT_TRUSTED when the name is not in the trust root, the key is not its
   *     present one or holds no longer, or no role of the operator permits the act
   */
  public static Actor prove(
      Trust trust, String name, SigningKey key, Permission permission, Instant now) {
    Operator operator =
        trust
            .operator(name)
            .orElseThrow(
                () ->
                    untrusted(
                        "'%s' is not a known operator, expected one of %s"
                            .formatted(name, trust.sorted().keySet())));
    if (!operator.current().key().equals(key.publicKey())) {
      throw untrusted(
          "operator '%s': found key %s, expected the present one, %s"
              .formatted(name, key.publicKey().shortId(), operator.current().key().shortId()));
    }
    Optional<String> problem = operator.problem(permission, now);
    if (problem.isPresent()) {
      throw untrusted(problem.get());
    }
    return new Actor(name, key);
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}
