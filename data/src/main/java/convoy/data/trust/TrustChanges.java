package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.update.UpdateCategory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The versions of the trust root that may follow one; each waits for its signatures. */
public final class TrustChanges {
  /** How long a version holds; every change begins it anew. */
  public static final Duration VALID = Duration.ofDays(730);

  private TrustChanges() {}

  /**
   * Checks that nobody has that name.
   *
   * @throws ConvoyException USAGE when someone has
   */
  public static void requireNew(Trust trust, String name) {
    if (trust.operator(name).isPresent()) {
      throw usage("operator '%s': found one of that name, expected a new name".formatted(name));
    }
  }

  /**
   * The operator of that name.
   *
   * @throws ConvoyException USAGE when there is none
   */
  public static Operator requireKnown(Trust trust, String name) {
    return trust
        .operator(name)
        .orElseThrow(
            () ->
                usage(
                    "operator '%s': found none of that name, expected one of %s"
                        .formatted(name, trust.sorted().keySet())));
  }

  /** With one more operator. */
  public static Trust add(
      Trust trust, String name, Set<Role> roles, PublicKey key, Instant validUntil, Instant now) {
    requireNew(trust, name);
    Operator operator =
        new Operator(name, roles, List.of(new OperatorKey(key, validUntil, null)), Set.of());
    return with(trust, operator, now);
  }

  /**
   * With a new key for an operator, which replaces the one before.
   *
   * @param kept the earlier acts that stand
   */
  public static Trust renew(
      Trust trust, String name, PublicKey key, Instant validUntil, Set<String> kept, Instant now) {
    return changed(
        trust,
        name,
        operator -> {
          Operator before =
              operator.current().revoked() == null
                  ? operator.withCurrent(
                      new Revocation(Revocation.Kind.REPLACED, now, "a new key took its place"))
                  : operator;
          return before.withNew(new OperatorKey(key, validUntil, null)).keeping(kept);
        },
        now);
  }

  /** Without an operator's present key. */
  public static Trust revoke(
      Trust trust, String name, Revocation revocation, Set<String> kept, Instant now) {
    return changed(
        trust,
        name,
        operator -> {
          if (operator.current().revoked() != null) {
            throw usage(
                operator.current().problem(name, now).orElse("") + ", expected a key that holds");
          }
          return operator.withCurrent(revocation).keeping(kept);
        },
        now);
  }

  /** With other roles for an operator. */
  public static Trust roles(
      Trust trust, String name, Set<Role> roles, Set<String> kept, Instant now) {
    return changed(trust, name, operator -> operator.withRoles(roles).keeping(kept), now);
  }

  /** With other numbers of people who must agree; also what begins the version's time anew. */
  public static Trust rules(
      Trust trust, int administrators, Map<UpdateCategory, Integer> approvals, Instant now) {
    Map<UpdateCategory, Integer> all = new HashMap<>(trust.approvals());
    all.putAll(approvals);
    return next(trust, administrators, all, trust.operators(), now);
  }

  private static Trust changed(
      Trust trust, String name, UnaryOperator<Operator> change, Instant now) {
    return with(trust, change.apply(requireKnown(trust, name)), now);
  }

  private static Trust with(Trust trust, Operator operator, Instant now) {
    Map<String, Operator> operators = new HashMap<>(trust.operators());
    operators.put(operator.name(), operator);
    return next(trust, trust.administrators(), trust.approvals(), operators, now);
  }

  private static Trust next(
      Trust trust,
      int administrators,
      Map<UpdateCategory, Integer> approvals,
      Map<String, Operator> operators,
      Instant now) {
    return new Trust(
        trust.version() + 1,
        now.truncatedTo(ChronoUnit.SECONDS),
        now.truncatedTo(ChronoUnit.SECONDS).plus(VALID),
        administrators,
        approvals,
        operators);
  }

  private static ConvoyException usage(String message) {
    return new ConvoyException(ErrorCode.USAGE, message);
  }
}
