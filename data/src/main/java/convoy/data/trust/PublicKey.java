package convoy.data.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key (RFC 8032) with its key id: the hex SHA-256 of the key's canonical JSON
 * (TUF specification 1.0.34, section 4.2).
 */
public final class PublicKey {
  /** The key type and the signature scheme, which have the same name. */
  public static final String ED25519 = "ed25519";

  private static final int SHORT = 12;

  private final byte[] bytes;
  private final String hex;
  private final String keyid;

  private PublicKey(String hex, byte[] bytes) {
    this.hex = hex;
    this.bytes = bytes;
    this.keyid = Hashes.sha256(CanonicalJson.encode(toJson()));
  }

  /**
   * A key from its 64 lower-case hex digits.
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
    return new PublicKey(hex, bytes);
  }

  /** The raw public key as 64 lower-case hex digits. */
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
    return Map.of("keytype", ED25519, "scheme", ED25519, "keyval", Map.of("public", hex));
  }

  /**
   * A key from the key object of a document, which has exactly the three fields.
   *
   * @throws ConvoyException NOT_TRUSTED when it is malformed or not an Ed25519 key
   */
  public static PublicKey fromJson(Fields key) {
    key.requireExactly(Set.of("keytype", "keyval", "scheme"));
    for (String name : List.of("keytype", "scheme")) {
      if (!key.text(name).equals(ED25519)) {
        throw key.refused(name, "'" + ED25519 + "'");
      }
    }
    return ofHex(key.object("keyval").requireExactly(Set.of("public")).hex("public", 32));
  }

  /** Whether the signature, 128 lower-case hex digits, is this key's over the message. */
  public boolean verifies(byte[] message, String signature) {
    return Hashes.isHex(signature, Ed25519.SIGNATURE_SIZE)
        && Ed25519.verify(
            HexFormat.of().parseHex(signature), 0, bytes, 0, message, 0, message.length);
  }

  /** The raw 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The key as PEM text (SubjectPublicKeyInfo, RFC 8410), as OpenSSL reads it. */
  public String toPem() {
    return new String(Pem.encode(this), US_ASCII);
  }

  /**
   * A key from PEM text.
   *
   * @param where the file's name, for messages
   * @throws ConvoyException NOT_TRUSTED when it is not an Ed25519 public key
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
