package convoy.data.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person did to an update or a campaign, signed over its exact content.
 *
 * @param subject what it is about, such as {@code campaign brake-hold-2026-11}
 * @param digest the SHA-256 of the subject's definition, 64 lower-case hex digits; for a withdrawal
 *     or a rollback that of the vehicles that it names ({@code
 *     convoy.data.campaign.WithdrawnVehicles})
 * @param answers the id of the SUBMITTED act that an approval or a rejection answers; null for
 *     others. So an approval does not outlive a rejection.
 * @param at when, in whole seconds, as its author says: nothing is decided by it alone
 * @param reason for a rejection, a withdrawal or a rollback; empty for others
 */
public record SignedAct(
    Kind kind,
    String subject,
    String digest,
    @Nullable String answers,
    String operator,
    Instant at,
    String reason) {
  private static final String TYPE = "act";
  private static final Set<String> FIELDS =
      Set.of("_type", "act", "subject", "digest", "answers", "operator", "role", "at", "reason");

  /** The acts, and the roles in one of which each is done. */
  public enum Kind {
    REGISTERED,
    SUBMITTED,
    APPROVED,
    REJECTED,
    /** Takes manifests back; it installs nothing, so it needs no more than stopping a campaign. */
    WITHDRAWN,
    /** Takes vehicles back to the versions from before the campaign. */
    ROLLED_BACK;

    private List<Role> roles() {
      return switch (this) {
        case REGISTERED -> List.of(Role.ENGINEER);
        case SUBMITTED -> List.of(Role.CAMPAIGN_MANAGER);
        case APPROVED, REJECTED -> List.of(Role.APPROVER);
        case WITHDRAWN, ROLLED_BACK -> List.of(Role.CAMPAIGN_MANAGER, Role.OPERATOR);
      };
    }

    /** As documents and messages name them. */
    String role() {
      return roles().stream().map(Role::name).collect(Collectors.joining(" or "));
    }

    boolean isFor(Operator operator) {
      return roles().stream().anyMatch(operator.roles()::contains);
    }
  }

  /**
   * An act that holds.
   *
   * @param id the SHA-256 of what was signed
   * @param keyid the key that signed it
   */
  public record Verified(SignedAct act, String id, String keyid) {}

  /** The subject of acts on an update. */
  public static String ofUpdate(String name, String version) {
    return "update " + name + " " + version;
  }

  /** The subject of acts on a campaign. */
  public static String ofCampaign(String id) {
    return "campaign " + id;
  }

  /** The signed document. */
  public String sign(SigningKey key) {
    Map<String, @Nullable Object> signed = new HashMap<>();
    signed.put("_type", TYPE);
    signed.put("act", kind.name());
    signed.put("subject", subject);
    signed.put("digest", digest);
    signed.put("answers", answers);
    signed.put("operator", operator);
    signed.put("role", kind.role());
    signed.put("at", IsoSeconds.format(at));
    signed.put("reason", reason);
    return new String(SignedDocument.sign(signed, List.of(key)), UTF_8);
  }

  /** What a document says; nothing of it is proved yet. */
  static SignedAct unproved(String document, String where) {
    return read(SignedDocument.parse(document.getBytes(UTF_8), where).signed());
  }

  /**
   * Checks an act from its document: that its operator signed it, with a key that holds, in a role
   * that the operator has. What administrators kept of earlier acts holds whatever came later.
   *
   * @param where its name, for messages
   * @throws ConvoyException NOT_TRUSTED, with a message of its own for each reason
   */
  public static Verified verify(String text, String where, Trust trust, Instant now) {
    return verify(text, where, trust, Optional.of(now));
  }

  /**
   * The same as of the time at which the act says it was made: for administrators, who decide what
   * is kept of a key's acts when they take it back.
   */
  public static Verified verifyAsOfThen(String text, String where, Trust trust) {
    return verify(text, where, trust, Optional.empty());
  }

  private static Verified verify(String text, String where, Trust trust, Optional<Instant> asOf) {
    SignedDocument document = SignedDocument.parse(text.getBytes(UTF_8), where);
    SignedAct act = read(document.signed());
    Operator operator =
        trust
            .operator(act.operator)
            .orElseThrow(
                () -> untrusted(where + ": '" + act.operator + "' is not a known operator"));
    document.requireSignedBy(operator.allKeys());
    if (document.signatures().size() != 1) {
      throw untrusted(
          where + ": found " + document.signatures().size() + " signatures, expected one");
    }
    String id = Hashes.sha256(document.signedBytes());
    if (!operator.kept().contains(id)) {
      requireHolds(document, where, operator, act, asOf.orElse(act.at));
    }
    return new Verified(act, id, document.signatures().get(0).keyid());
  }

  private static void requireHolds(
      SignedDocument document, String where, Operator operator, SignedAct act, Instant now) {
    OperatorKey key = operator.key(document.signatures().get(0).keyid()).orElseThrow();
    Optional<String> problem = key.problem(operator.name(), now);
    if (problem.isPresent()) {
      throw untrusted(where + ": " + problem.get());
    }
    if (!act.kind.isFor(operator)) {
      throw untrusted(
          "%s: operator '%s' has the roles %s, expected %s"
              .formatted(where, operator.name(), operator.sortedRoles(), act.kind.role()));
    }
  }

  /**
   * Checks that an act is about this subject, with this content.
   *
   * @throws ConvoyException NOT_TRUSTED when it is about another one, or the content changed since
   */
  public void requireOf(String where, String expectedSubject, String expectedDigest) {
    if (!subject.equals(expectedSubject)) {
      throw untrusted("%s: it is about %s, expected %s".formatted(where, subject, expectedSubject));
    }
    if (!digest.equals(expectedDigest)) {
      throw untrusted(
          "%s: %s was changed after %s signed it as %s: the signed content has SHA-256 %s, the content now has %s"
              .formatted(where, subject, operator, kind, digest, expectedDigest));
    }
  }

  private static SignedAct read(Fields signed) {
    signed.requireExactly(FIELDS);
    signed.requireType(TYPE);
    Kind kind = signed.constant("act", Kind.class);
    if (!signed.text("role").equals(kind.role())) {
      throw signed.refused("role", "'" + kind.role() + "'");
    }
    if (!(signed.values().get("reason") instanceof String reason)) {
      throw signed.refused("reason", "text, or an empty one");
    }
    return new SignedAct(
        kind,
        signed.text("subject"),
        signed.hex("digest", 32),
        signed.values().get("answers") == null ? null : signed.hex("answers", 32),
        signed.text("operator"),
        signed.time("at"),
        reason);
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}
