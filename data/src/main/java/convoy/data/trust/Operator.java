package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.update.DefinitionChecks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A person who may act, by the trust root.
 *
 * @param keys all that the person ever had, the present one last; one or more
 * @param kept the ids of earlier acts that stand, whatever became of the keys and roles since
 */
public record Operator(String name, Set<Role> roles, List<OperatorKey> keys, Set<String> kept) {

  public Operator {
    requireName(name);
    roles = Set.copyOf(roles);
    keys = List.copyOf(keys);
    kept = Set.copyOf(kept);
    if (keys.isEmpty() || roles.isEmpty()) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "operator '%s': found no %s, expected one or more"
              .formatted(name, keys.isEmpty() ? "key" : "role"));
    }
  }

  /**
   * Checks a name, which becomes a file's.
   *
   * @throws ConvoyException USAGE when it is none
   */
  public static void requireName(String name) {
    if (!DefinitionChecks.isUserName(name)) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "operator '%s': expected 1 to 64 letters, digits, '.', '_', '@' and '-', beginning with a letter or digit"
              .formatted(name));
    }
  }

  /** The present key. */
  public OperatorKey current() {
    return keys.get(keys.size() - 1);
  }

  /** The key of that id, present or earlier. */
  Optional<OperatorKey> key(String keyid) {
    return keys.stream().filter(k -> k.key().keyid().equals(keyid)).findFirst();
  }

  /** The keys that may have signed for the operator. */
  RoleKeys allKeys() {
    return RoleKeys.of("operator '" + name + "'", 1, keys.stream().map(OperatorKey::key).toList());
  }

  /** Why the operator may not act at that time, as a sentence; empty when the operator may. */
  public Optional<String> problem(Permission permission, Instant now) {
    return current().problem(name, now).or(() -> roleProblem(permission));
  }

  private Optional<String> roleProblem(Permission permission) {
    Set<Role> enough = new TreeSet<>(permission.roles());
    return enough.stream().anyMatch(roles::contains)
        ? Optional.empty()
        : Optional.of(
            "operator '%s' has the roles %s, expected one of %s for %s"
                .formatted(name, sortedRoles(), enough, permission));
  }

  /** The roles in their order. */
  public Set<Role> sortedRoles() {
    return new TreeSet<>(roles);
  }

  Operator withRoles(Set<Role> other) {
    return new Operator(name, other, keys, kept);
  }

  Operator keeping(Set<String> acts) {
    return new Operator(name, roles, keys, acts);
  }

  /** With another present key, or with the present one replaced by itself, revoked. */
  Operator withCurrent(Revocation revocation) {
    List<OperatorKey> changed = new ArrayList<>(keys.subList(0, keys.size() - 1));
    changed.add(current().revokedBy(revocation));
    return new Operator(name, roles, changed, kept);
  }

  Operator withNew(OperatorKey key) {
    List<OperatorKey> changed = new ArrayList<>(keys);
    changed.add(key);
    return new Operator(name, roles, changed, kept);
  }
}
