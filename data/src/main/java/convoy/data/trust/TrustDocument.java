package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.update.UpdateCategory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A version of the trust root as a signed document ({@code N.trust.json}). */
public final class TrustDocument {
  private static final String TYPE = "trust";
  private static final Set<String> FIELDS =
      Set.of("_type", "version", "issued", "expires", "administrators", "approvals", "operators");

  private TrustDocument() {}

  /** What administrators sign of this version. */
  public static Map<String, Object> content(Trust trust) {
    Map<String, Object> approvals = new HashMap<>();
    trust.approvals().forEach((category, needed) -> approvals.put(category.name(), needed));
    Map<String, Object> operators = new HashMap<>();
    trust.operators().forEach((name, operator) -> operators.put(name, operator(operator)));
    return Map.of(
        "_type", TYPE,
        "version", trust.version(),
        "issued", IsoSeconds.format(trust.issued()),
        "expires", IsoSeconds.format(trust.expires()),
        "administrators", trust.administrators(),
        "approvals", approvals,
        "operators", operators);
  }

  private static Map<String, Object> operator(Operator operator) {
    return Map.of(
        "roles", operator.sortedRoles().stream().map(Enum::name).toList(),
        "keys", operator.keys().stream().map(TrustDocument::key).toList(),
        "kept", operator.kept().stream().sorted().toList());
  }

  private static Map<String, @Nullable Object> key(OperatorKey key) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("key", key.key().toJson());
    fields.put("validUntil", IsoSeconds.format(key.validUntil()));
    Revocation revoked = key.revoked();
    fields.put(
        "revoked",
        revoked == null
            ? null
            : Map.of(
                "kind", revoked.kind().name(),
                "at", IsoSeconds.format(revoked.at()),
                "reason", revoked.reason()));
    return fields;
  }

  /**
   * Reads a version; whether it is signed is for the chain to say.
   *
   * @throws ConvoyException NOT_TRUSTED when it is malformed
   */
  static Trust read(SignedDocument document) {
    Fields signed = document.signed().requireExactly(FIELDS);
    signed.requireType(TYPE);
    Map<UpdateCategory, Integer> approvals = new EnumMap<>(UpdateCategory.class);
    Fields needed = signed.object("approvals");
    for (String category : needed.names()) {
      approvals.put(
          constant(UpdateCategory.class, category, needed), needed.smallInteger(category, 1));
    }
    Map<String, Operator> operators = new HashMap<>();
    Fields people = signed.object("operators");
    for (String name : people.names()) {
      operators.put(name, operator(name, people.object(name)));
    }
    return new Trust(
        signed.integer("version", 1),
        signed.time("issued"),
        signed.time("expires"),
        signed.smallInteger("administrators", 1),
        approvals,
        operators);
  }

  private static Operator operator(String name, Fields fields) {
    fields.requireExactly(Set.of("roles", "keys", "kept"));
    Set<Role> roles = new HashSet<>();
    for (Object role : fields.list("roles")) {
      roles.add(constant(Role.class, String.valueOf(role), fields));
    }
    List<OperatorKey> keys = new ArrayList<>();
    for (Object key : fields.list("keys")) {
      if (!(key instanceof Map<?, ?> map)) {
        throw fields.refused("keys", "a list of objects");
      }
      keys.add(key(new Fields(fields.where() + ".keys[" + keys.size() + "]", map)));
    }
    Set<String> kept = new HashSet<>();
    for (Object act : fields.list("kept")) {
      if (!(act instanceof String id) || !Hashes.isHex(id, 32)) {
        throw fields.refused("kept", "a list of SHA-256 hashes");
      }
      kept.add(id);
    }
    return new Operator(name, roles, keys, kept);
  }

  private static OperatorKey key(Fields fields) {
    fields.requireExactly(Set.of("key", "validUntil", "revoked"));
    Revocation revoked = null;
    if (fields.values().get("revoked") != null) {
      Fields end = fields.object("revoked").requireExactly(Set.of("kind", "at", "reason"));
      revoked =
          new Revocation(
              end.constant("kind", Revocation.Kind.class), end.time("at"), end.text("reason"));
    }
    return new OperatorKey(
        PublicKey.fromJson(fields.object("key")), fields.time("validUntil"), revoked);
  }

  /** A constant that is no field's value: a key, or an entry of a list. */
  private static <E extends Enum<E>> E constant(Class<E> type, String name, Fields fields) {
    return Fields.named(type, name)
        .orElseThrow(() -> fields.refused(name, Fields.oneOf(type) + " as its name"));
  }
}
