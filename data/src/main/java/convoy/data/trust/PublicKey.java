package convoy.data.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public key with its key id: the hex SHA-256 of the key's canonical JSON (TUF specification
 * 1.0.34, section 4.2).
 *
 * <p>Departure: TUF has an ECDSA key as PEM, whose line breaks are no canonical text of ours. It
 * stands as hex, as Ed25519 keys do and as early roots of Sigstore had it.
 */
public final class PublicKey {
  private static final int SHORT = 12;

  private final SignatureScheme scheme;
  private final byte[] bytes;
  private final String hex;
  private final String keyid;

  private PublicKey(SignatureScheme scheme, String hex, byte[] bytes) {
    this.scheme = scheme;
    this.hex = hex;
    this.bytes = bytes;
    this.keyid = Hashes.sha256(CanonicalJson.encode(toJson()));
  }

  /**
   * An Ed25519 key from its 64 lower-case hex digits.
   *
   * @throws ConvoyException NOT_TRUSTED when they are not a point of the curve's main subgroup: a
   *     key of small order would let anyone sign
   */
  public static PublicKey ofHex(String hex) {
    if (!Hashes.isHex(hex, Ed25519.PUBLIC_KEY_SIZE)) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "public key '" + hex + "': expected 64 lower-case hex digits of an Ed25519 key");
    }
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (!Ed25519.validatePublicKeyFull(bytes, 0)) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "public key '" + hex + "': not a usable Ed25519 key, expected a point of prime order");
    }
    return new PublicKey(SignatureScheme.ED25519, hex, bytes);
  }

  /**
   * A key from its lower-case hex digits: 64 of an Ed25519 key, 130 of an uncompressed point of
   * P-256.
   *
   * @throws ConvoyException NOT_TRUSTED when they are no such key
   */
  public static PublicKey of(SignatureScheme scheme, String hex) {
    return switch (scheme) {
      case ED25519 -> ofHex(hex);
      case ECDSA_P256 -> ofPoint(hex);
    };
  }

  private static PublicKey ofPoint(String hex) {
    if (!Hashes.isHex(hex, P256.POINT_BYTES)) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "public key '" + hex + "': expected 130 lower-case hex digits of a P-256 key");
    }
    byte[] bytes = HexFormat.of().parseHex(hex);
    try {
      P256.publicKey(bytes);
    } catch (IllegalArgumentException e) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "public key '" + hex + "': not a usable P-256 key, expected 04 and a point of the curve",
          e);
    }
    return new PublicKey(SignatureScheme.ECDSA_P256, hex, bytes);
  }

  /** How it signs. */
  public SignatureScheme scheme() {
    return scheme;
  }

  /** The raw public key in lower-case hex, as {@link #of} takes it. */
  public String hex() {
    return hex;
  }

  /** The key id: 64 lower-case hex digits. */
  public String keyid() {
    return keyid;
  }

  /** Enough of the key id for a message. */
  public String shortId() {
    return shorten(keyid);
  }

  /** Its beginning, for the name of a file: the digits that messages show. */
  public String idPrefix() {
    return keyid.substring(0, SHORT);
  }

  static String shorten(String keyid) {
    return keyid.length() > SHORT ? keyid.substring(0, SHORT) + "…" : keyid;
  }

  /** The key object as documents carry it. */
  public Map<String, Object> toJson() {
    return Map.of(
        "keytype", scheme.keytype(), "scheme", scheme.text(), "keyval", Map.of("public", hex));
  }

  /**
   * A key from the key object of a document, which has exactly the three fields.
   *
   * @throws ConvoyException NOT_TRUSTED when it is malformed or of no {@link SignatureScheme}
   */
  public static PublicKey fromJson(Fields key) {
    key.requireExactly(Set.of("keytype", "keyval", "scheme"));
    SignatureScheme scheme = SignatureScheme.ofKeyObject(key);
    String hex =
        key.object("keyval")
            .requireExactly(Set.of("public"))
            .hex("public", scheme.publicKeyBytes());
    try {
      return of(scheme, hex);
    } catch (ConvoyException e) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED, "%s: %s".formatted(key.where(), e.getMessage()), e);
    }
  }

  /** Whether the signature, in lower-case hex, is this key's over the message. */
  public boolean verifies(byte[] message, String signature) {
    return switch (scheme) {
      case ED25519 ->
          Hashes.isHex(signature, Ed25519.SIGNATURE_SIZE)
              && Ed25519.verify(
                  HexFormat.of().parseHex(signature), 0, bytes, 0, message, 0, message.length);
      case ECDSA_P256 ->
          Hashes.isHex(signature, P256.SHORTEST_SIGNATURE, P256.LONGEST_SIGNATURE)
              && P256.verifies(P256.publicKey(bytes), message, HexFormat.of().parseHex(signature));
    };
  }

  /** The raw bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The key as PEM text (SubjectPublicKeyInfo), as OpenSSL reads it. */
  public String toPem() {
    return new String(Pem.encode(this), US_ASCII);
  }

  /**
   * A key from PEM text.
   *
   * @param where the file's name, for messages
   * @throws ConvoyException NOT_TRUSTED when it is neither an Ed25519 nor a P-256 public key
   */
  public static PublicKey fromPem(String pem, String where) {
    return Pem.publicKey(pem, where);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey key && key.hex.equals(hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return "PublicKey[" + keyid + "]";
  }
}
