package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A person's signed consent to a campaign. It is for one exact content, named by its hash, and by
 * someone other than the author: two people stand behind every campaign.
 *
 * @param campaign the campaign's id
 * @param digest the SHA-256 of the approved content, 64 lower-case hex digits
 * @param author who wrote the content
 * @param approver who approves it
 * @param at when, in whole seconds
 */
public record Approval(String campaign, String digest, String author, String approver, Instant at) {
  private static final String TYPE = "approval";
  private static final Set<String> FIELDS =
      Set.of("_type", "campaign", "digest", "author", "approver", "at");

  /**
   * Signs this approval with the approver's key.
   *
   * @return the bytes of a signed document
   * @throws ConvoyException NOT_TRUSTED when the approver is the author
   */
  public byte[] sign(SigningKey approverKey) {
    requireOtherThanAuthor("approval of " + campaign);
    Map<String, Object> signed =
        Map.of(
            "_type", TYPE,
            "campaign", campaign,
            "digest", digest,
            "author", author,
            "approver", approver,
            "at", IsoSeconds.format(at));
    return SignedDocument.sign(signed, List.of(approverKey));
  }

  /**
   * Checks an approval from its bytes alone.
   *
   * @param where its name, for messages
   * @param operators the known people and their public keys
   * @throws ConvoyException NOT_TRUSTED, with a message of its own for each reason: malformed,
   *     another campaign, other content, another author, approved by the author, an unknown
   *     approver, a signature that is not the approver's
   */
  public static Approval verify(
      byte[] bytes,
      String where,
      Map<String, PublicKey> operators,
      String expectedCampaign,
      String expectedDigest,
      String expectedAuthor) {
    SignedDocument document = SignedDocument.parse(bytes, where);
    Approval approval = read(document.signed());
    PublicKey key = operators.get(approval.approver);
    if (key == null) {
      throw untrusted(where + ": approver '" + approval.approver + "' is not a known operator");
    }
    document.requireSignedBy(RoleKeys.of("operator " + approval.approver, 1, List.of(key)));
    requireSame(where, "campaign", approval.campaign, expectedCampaign);
    requireSame(where, "author", approval.author, expectedAuthor);
    approval.requireOtherThanAuthor(where);
    // One person under two names is still one person.
    if (Objects.equals(operators.get(approval.author), key)) {
      throw untrusted(
          where
              + ": approver '"
              + approval.approver
              + "' and author '"
              + approval.author
              + "' have the same key, expected two people");
    }
    if (!approval.digest.equals(expectedDigest)) {
      throw untrusted(
          where
              + ": campaign "
              + expectedCampaign
              + " was changed after its approval: approved content has SHA-256 "
              + approval.digest
              + ", the content now has "
              + expectedDigest);
    }
    return approval;
  }

  private static Approval read(Fields signed) {
    signed.requireExactly(FIELDS);
    if (!signed.text("_type").equals(TYPE)) {
      throw signed.refused("_type", "'" + TYPE + "'");
    }
    return new Approval(
        signed.text("campaign"),
        signed.hex("digest", 32),
        signed.text("author"),
        signed.text("approver"),
        signed.time("at"));
  }

  private static void requireSame(String where, String name, String found, String expected) {
    if (!found.equals(expected)) {
      throw untrusted(where + ": " + name + " is '" + found + "', expected '" + expected + "'");
    }
  }

  private void requireOtherThanAuthor(String where) {
    if (approver.equals(author)) {
      throw untrusted(
          where + ": '" + approver + "' is author and approver, expected two different people");
    }
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}
