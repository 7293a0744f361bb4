package convoy.data.campaign;

import convoy.data.campaign.ControlRequest.SignedVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Fields;
import convoy.data.trust.Operator;
import convoy.data.trust.Permission;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.data.trust.Trust;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request as a document that the person who asks has signed. Whoever carries it out checks it
 * from its bytes; that it was not answered before is for the store to say.
 */
public final class SignedRequest {
  /** How far from now a request may have been made: a week without any run is still one. */
  private static final Duration FRESH = Duration.ofDays(7);

  private static final String TYPE = "request";
  private static final Set<String> FIELDS =
      Set.of(
          "_type",
          "id",
          "act",
          "campaign",
          "operator",
          "reason",
          "askedAt",
          "vehicles",
          "wave",
          "signedAct");

  private SignedRequest() {}

  /** The document. */
  public static byte[] sign(ControlRequest request, SigningKey key) {
    Map<String, Object> signed = new HashMap<>();
    signed.put("_type", TYPE);
    signed.put("id", request.id());
    signed.put("act", request.act().name());
    signed.put("campaign", request.campaign());
    signed.put("operator", request.who());
    // An empty text stands for nothing: the fields are always the same.
    signed.put("reason", request.reason() == null ? "" : request.reason());
    signed.put("wave", request.wave() == null ? "" : request.wave());
    SignedVehicles vehicles = request.signed();
    signed.put("vehicles", vehicles == null ? "" : vehicles.vehicles());
    signed.put("signedAct", vehicles == null ? "" : vehicles.document());
    signed.put("askedAt", request.askedAt().toString());
    return SignedDocument.sign(signed, List.of(key));
  }

  /**
   * Checks a request from its document: that its operator asked for it, with the present key, which
   * holds, in a role that permits it, and not too long ago. Unlike what people sign of campaigns,
   * nothing of it stands once the key ended.
   *
   * @param where its name, for messages
   * @throws ConvoyException NOT_TRUSTED, with a message of its own for each reason; USAGE when what
   *     was signed is no request that could be made
   */
  public static ControlRequest verify(byte[] document, String where, Trust trust, Instant now) {
    SignedDocument signed = SignedDocument.parse(document, where);
    Fields fields = signed.signed().requireExactly(FIELDS);
    fields.requireType(TYPE);
    String name = fields.text("operator");
    Operator operator =
        trust
            .operator(name)
            .orElseThrow(() -> untrusted(where + ": '" + name + "' is not a known operator"));
    signed.requireSignedBy(
        RoleKeys.of("operator '" + name + "' at present", 1, List.of(operator.current().key())));
    Optional<String> problem = operator.problem(Permission.CONTROL_CAMPAIGN, now);
    if (problem.isPresent()) {
      throw untrusted(where + ": " + problem.get());
    }
    Instant askedAt = askedAt(fields);
    if (Duration.between(askedAt, now).abs().compareTo(FRESH) > 0) {
      throw untrusted(
          "%s: asked at %s, expected it within %d days of %s"
              .formatted(where, askedAt, FRESH.toDays(), now));
    }
    return new ControlRequest(
        fields.text("id"),
        fields.constant("act", ControlAct.class),
        fields.text("campaign"),
        name,
        isEmpty(fields, "reason") ? null : fields.text("reason"),
        askedAt,
        isEmpty(fields, "wave") ? null : fields.smallInteger("wave", 1),
        isEmpty(fields, "vehicles") && isEmpty(fields, "signedAct")
            ? null
            : new SignedVehicles(fields.text("vehicles"), fields.text("signedAct")));
  }

  private static boolean isEmpty(Fields fields, String field) {
    return "".equals(fields.values().get(field));
  }

  /** With its fraction of a second, by which requests of one second keep their order. */
  private static Instant askedAt(Fields fields) {
    try {
      return Instant.parse(fields.text("askedAt"));
    } catch (DateTimeParseException e) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          String.valueOf(
              fields.refused("askedAt", "a time such as 2026-03-01T12:00:00.123Z").getMessage()),
          e);
    }
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}
