package convoy.data.trust;

import convoy.data.update.UpdateCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The trust root in words. */
public final class TrustText {
  private static final Duration SOON = Duration.ofDays(30);

  private TrustText() {}

  /** What a next version changes, a line each: what an administrator signs. */
  public static List<String> changes(Trust before, Trust next) {
    List<String> lines = new ArrayList<>();
    if (before.administrators() != next.administrators()) {
      lines.add(
          "administrators who sign the next version: %d instead of %d"
              .formatted(next.administrators(), before.administrators()));
    }
    for (UpdateCategory category : UpdateCategory.values()) {
      if (before.approvalsFor(category) != next.approvalsFor(category)) {
        lines.add(
            "approvals of %s: %d instead of %d"
                .formatted(category, next.approvalsFor(category), before.approvalsFor(category)));
      }
    }
    next.sorted()
        .forEach(
            (name, operator) -> {
              Operator known = before.operators().get(name);
              if (known == null) {
                lines.add("operator %s added: %s".formatted(name, who(operator)));
              } else if (!known.equals(operator)) {
                lines.addAll(changes(known, operator));
              }
            });
    before.sorted().keySet().stream()
        .filter(name -> !next.operators().containsKey(name))
        .forEach(name -> lines.add("operator %s taken out".formatted(name)));
    lines.add("holds until " + IsoSeconds.format(next.expires()));
    return lines;
  }

  private static List<String> changes(Operator before, Operator next) {
    List<String> lines = new ArrayList<>();
    if (!before.roles().equals(next.roles())) {
      lines.add(
          "operator %s: roles %s instead of %s"
              .formatted(next.name(), next.sortedRoles(), before.sortedRoles()));
    }
    if (!before.current().key().equals(next.current().key())) {
      lines.add("operator %s: new key, %s".formatted(next.name(), key(next.current())));
    } else if (!before.current().equals(next.current())) {
      Revocation revoked = next.current().revoked();
      lines.add(
          "operator %s: key %s %s"
              .formatted(
                  next.name(),
                  next.current().key().shortId(),
                  revoked == null
                      ? "valid until " + IsoSeconds.format(next.current().validUntil())
                      : "revoked (%s): %s".formatted(revoked.kind(), revoked.reason())));
    }
    if (!before.kept().equals(next.kept())) {
      lines.add(
          "operator %s: %d earlier signatures stand".formatted(next.name(), next.kept().size()));
    }
    if (next.keys().size() < before.keys().size()) {
      lines.add("operator %s: earlier keys taken out".formatted(next.name()));
    }
    return lines;
  }

  /** What runs out soon, a sentence each: afterwards campaigns stop. */
  public static List<String> endingSoon(Trust trust, Instant now) {
    Instant soon = now.plus(SOON);
    List<String> lines = new ArrayList<>();
    if (trust.expires().isBefore(soon)) {
      lines.add(
          "the trust root runs out at %s: ./convoy operator rules begins its time anew"
              .formatted(IsoSeconds.format(trust.expires())));
    }
    for (Operator operator : trust.sorted().values()) {
      OperatorKey key = operator.current();
      if (key.problem(operator.name(), now).isEmpty() && key.validUntil().isBefore(soon)) {
        lines.add(
            "the key of operator '%s' runs out at %s: ./convoy operator renew %s"
                .formatted(operator.name(), IsoSeconds.format(key.validUntil()), operator.name()));
      }
    }
    return lines;
  }

  /** An operator in one line. */
  public static String line(Operator operator, Instant now) {
    return "%-16s %s; key %s, %s"
        .formatted(
            operator.name(),
            operator.sortedRoles(),
            operator.current().key().shortId(),
            operator
                .current()
                .problem(operator.name(), now)
                .orElse("valid until " + IsoSeconds.format(operator.current().validUntil())));
  }

  private static String who(Operator operator) {
    return operator.sortedRoles() + ", " + key(operator.current());
  }

  private static String key(OperatorKey key) {
    return "key %s valid until %s"
        .formatted(key.key().shortId(), IsoSeconds.format(key.validUntil()));
  }
}
