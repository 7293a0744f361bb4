package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.update.UpdateCategory;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One version of the trust root: who may do what, and how many must agree. After TUF's root
 * metadata (specification 1.0.34, section 4.3), with people in place of its four roles.
 *
 * @param version 1 or more
 * @param expires from when nothing is trusted until a next version is signed
 * @param administrators how many administrators sign the next version
 * @param approvals how many people approve a campaign, by the category of its update
 * @param operators by name; those who left stay, with their keys revoked
 */
public record Trust(
    long version,
    Instant issued,
    Instant expires,
    int administrators,
    Map<UpdateCategory, Integer> approvals,
    Map<String, Operator> operators) {
  private static final int MOST_APPROVALS = 5;

  /**
   * @throws ConvoyException NOT_TRUSTED when a key belongs to two operators, or too few people
   *     could ever sign
   */
  public Trust {
    approvals = Map.copyOf(approvals);
    operators = Map.copyOf(operators);
    for (UpdateCategory category : UpdateCategory.values()) {
      int needed = approvals.getOrDefault(category, 0);
      if (needed < 1 || needed > MOST_APPROVALS) {
        throw untrusted(
            "approvals of %s: found %d, expected 1 to %d"
                .formatted(category, needed, MOST_APPROVALS));
      }
    }
    requireOneOwner(operators.values());
    administratorKeys(administrators, operators.values());
  }

  /** The first version, in which each category needs one approval. */
  public static Trust first(Collection<Operator> operators, Instant issued, Instant expires) {
    Map<UpdateCategory, Integer> approvals = new HashMap<>();
    for (UpdateCategory category : UpdateCategory.values()) {
      approvals.put(category, 1);
    }
    Map<String, Operator> byName = new HashMap<>();
    operators.forEach(operator -> byName.put(operator.name(), operator));
    return new Trust(1, issued, expires, 1, approvals, byName);
  }

  /** The operators by name, sorted. */
  public Map<String, Operator> sorted() {
    return new TreeMap<>(operators);
  }

  /** The operator of that name. */
  public Optional<Operator> operator(String name) {
    return Optional.ofNullable(operators.get(name));
  }

  /** How many people approve a campaign for an update of that category. */
  public int approvalsFor(UpdateCategory category) {
    return approvals.getOrDefault(category, MOST_APPROVALS);
  }

  /** The keys that sign the next version. */
  public RoleKeys administratorKeys() {
    return administratorKeys(administrators, operators.values());
  }

  private static RoleKeys administratorKeys(int threshold, Collection<Operator> operators) {
    List<PublicKey> keys =
        operators.stream()
            .filter(o -> o.roles().contains(Role.ADMINISTRATOR) && o.current().revoked() == null)
            .map(o -> o.current().key())
            .toList();
    return RoleKeys.of("the administrators", threshold, keys);
  }

  /** One person under two names would be two people. */
  private static void requireOneOwner(Collection<Operator> operators) {
    Map<String, String> owners = new HashMap<>();
    for (Operator operator : operators) {
      for (OperatorKey key : operator.keys()) {
        String other = owners.putIfAbsent(key.key().keyid(), operator.name());
        if (other != null) {
          throw untrusted(
              "operators '%s' and '%s' have the same key %s, expected a key of its own for each"
                  .formatted(
                      min(other, operator.name()),
                      max(other, operator.name()),
                      key.key().shortId()));
        }
      }
    }
  }

  private static String min(String a, String b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String max(String a, String b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}
