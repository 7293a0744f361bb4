package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A document with its signatures: {@code {"signatures": [{"keyid", "sig"}], "signed": {…}}} (TUF
 * specification 1.0.34, section 4.2). What is signed is the canonical JSON of {@code signed}.
 *
 * @param where the document's name, for messages
 * @param signed the signed part
 * @param signatures the signatures, not yet checked, each key id once
 */
public record SignedDocument(String where, Fields signed, List<Signature> signatures) {

  /** A signature in lower-case hex, and the id of the key that is said to have made it. */
  public record Signature(String keyid, String sig) {}

  /**
   * The bytes of the signed document, themselves canonical JSON.
   *
   * @throws IllegalArgumentException when {@code signed} has no canonical form
   */
  public static byte[] sign(Map<String, ?> signed, List<SigningKey> keys) {
    return signContent(CanonicalJson.encode(signed), keys);
  }

  /** The same of a document that is a template with values. */
  public static byte[] sign(CanonicalJson.Filled signed, List<SigningKey> keys) {
    return signContent(CanonicalJson.encode(signed), keys);
  }

  private static byte[] signContent(byte[] content, List<SigningKey> keys) {
    List<Signature> signatures = new ArrayList<>(keys.size());
    for (SigningKey key : sorted(keys)) {
      signatures.add(new Signature(key.keyid(), key.sign(content)));
    }
    return encode(content, signatures);
  }

  /**
   * The bytes of this document with one more signature, in place of an earlier one of that key.
   *
   * @throws ConvoyException NOT_TRUSTED when the content has no canonical form
   */
  public byte[] alsoSignedBy(SigningKey key) {
    byte[] content = signedBytes();
    List<Signature> all = new ArrayList<>(signatures);
    all.removeIf(signature -> signature.keyid().equals(key.keyid()));
    all.add(new Signature(key.keyid(), key.sign(content)));
    all.sort(Comparator.comparing(Signature::keyid));
    return encode(content, all);
  }

  /**
   * This document with the signatures of another of the same content added.
   *
   * @throws ConvoyException NOT_TRUSTED when the other has another content, or this one has no
   *     canonical form
   */
  public SignedDocument with(SignedDocument other) {
    if (!hasContentOf(other)) {
      throw untrusted(
          "%s: found another content than in %s, expected the same with another signature"
              .formatted(other.where(), where),
          null);
    }
    Map<String, Signature> all = new TreeMap<>();
    signatures.forEach(signature -> all.put(signature.keyid(), signature));
    other.signatures.forEach(signature -> all.put(signature.keyid(), signature));
    return new SignedDocument(where, signed, List.copyOf(all.values()));
  }

  /** Whether what is signed is the same in the other. */
  public boolean hasContentOf(SignedDocument other) {
    return Arrays.equals(signedBytes(), other.signedBytes());
  }

  /**
   * The bytes of this document, canonical JSON.
   *
   * @throws ConvoyException NOT_TRUSTED when the content has no canonical form
   */
  public byte[] encoded() {
    return encode(signedBytes(), signatures);
  }

  private static byte[] encode(byte[] content, List<Signature> signatures) {
    int head = 64;
    for (Signature signature : signatures) {
      head += 32 + signature.keyid().length() + signature.sig().length();
    }
    StringBuilder text = new StringBuilder(head).append("{\"signatures\":[");
    String separator = "";
    for (Signature signature : signatures) {
      text.append(separator)
          .append("{\"keyid\":\"")
          .append(signature.keyid())
          .append("\",\"sig\":\"")
          .append(signature.sig())
          .append("\"}");
      separator = ",";
    }
    text.append("],\"signed\":");
    // The parts are canonical and in key order, so that the whole need not be encoded again.
    byte[] document = new byte[text.length() + content.length + 1];
    for (int i = 0; i < text.length(); i++) {
      document[i] = (byte) text.charAt(i);
    }
    System.arraycopy(content, 0, document, text.length(), content.length);
    document[document.length - 1] = '}';
    return document;
  }

  private static List<SigningKey> sorted(List<SigningKey> keys) {
    if (keys.size() == 1) {
      return keys;
    }
    return keys.stream().sorted(Comparator.comparing(SigningKey::keyid)).toList();
  }

  /**
   * Parses a document; {@link #requireSignedBy} then says whether it can be trusted.
   *
   * @throws ConvoyException NOT_TRUSTED when it is no signed document
   */
  public static SignedDocument parse(byte[] bytes, String where) {
    return parse(StrictJson.parse(bytes, where), where);
  }

  /**
   * Takes a document that stands within another one.
   *
   * @param where what messages call it
   * @throws ConvoyException NOT_TRUSTED when it is no signed document
   */
  public static SignedDocument parse(Fields found, String where) {
    Fields document = found.requireExactly(Set.of("signed", "signatures"));
    List<Signature> signatures = new ArrayList<>();
    Set<String> keyids = new HashSet<>();
    for (Object item : document.list("signatures")) {
      String place = where + ": signatures[" + signatures.size() + "]";
      if (!(item instanceof Map<?, ?> map)) {
        throw untrusted(place + ": expected an object with keyid and sig", null);
      }
      Fields fields = new Fields(place, map).requireExactly(Set.of("keyid", "sig"));
      Signature signature = new Signature(fields.hex("keyid", 32), sig(fields));
      if (!keyids.add(signature.keyid())) {
        throw untrusted(
            where
                + ": key "
                + PublicKey.shorten(signature.keyid())
                + " is listed twice in signatures, expected each key once",
            null);
      }
      signatures.add(signature);
    }
    return new SignedDocument(where, document.object("signed"), List.copyOf(signatures));
  }

  /** Of which kind it must be is known where its key is. */
  private static String sig(Fields fields) {
    String sig = fields.text("sig");
    if (!Hashes.isHex(sig, P256.SHORTEST_SIGNATURE, P256.LONGEST_SIGNATURE)) {
      throw fields.refused(
          "sig", "128 lower-case hex digits of an Ed25519 signature, or 16 to 144 of an ECDSA one");
    }
    return sig;
  }

  /** Whether enough different keys of the role have signed exactly this content. */
  public boolean isSignedBy(RoleKeys role) {
    return signers(role, new ArrayList<>()).size() >= role.threshold();
  }

  /**
   * Checks that enough different keys of the role have signed exactly this content.
   *
   * @throws ConvoyException NOT_TRUSTED when they have not; the message says why for each signature
   */
  public SignedDocument requireSignedBy(RoleKeys role) {
    List<String> reasons = new ArrayList<>();
    Set<String> valid = signers(role, reasons);
    if (valid.size() < role.threshold()) {
      throw untrusted(
          where
              + ": signed by "
              + valid.size()
              + " keys of "
              + role.role()
              + ", expected "
              + role.threshold()
              + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons)),
          null);
    }
    return this;
  }

  /**
   * The ids of the keys of the role that have signed this content.
   *
   * @param reasons gets a word on each other signature
   */
  private Set<String> signers(RoleKeys role, List<String> reasons) {
    byte[] content = signedBytes();
    Set<String> valid = new HashSet<>();
    for (Signature signature : signatures) {
      PublicKey key = role.keys().get(signature.keyid());
      if (key == null) {
        reasons.add(
            "key " + PublicKey.shorten(signature.keyid()) + " is not a key of " + role.role());
      } else if (key.verifies(content, signature.sig())) {
        valid.add(signature.keyid());
      } else {
        reasons.add("the signature of key " + key.shortId() + " does not match the content");
      }
    }
    return valid;
  }

  /**
   * The canonical bytes of the signed part: what the signatures are over.
   *
   * @throws ConvoyException NOT_TRUSTED when it has no canonical form
   */
  public byte[] signedBytes() {
    try {
      return CanonicalJson.encode(signed.values());
    } catch (IllegalArgumentException e) {
      throw untrusted(where + ": signed: " + e.getMessage(), e);
    }
  }

  private static ConvoyException untrusted(String message, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message, cause);
  }
}
