package convoy.data.trust;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A private Ed25519 key. Threads may share it. Its text shows the key id, never the secret. */
public final class SigningKey {
  private final Ed25519PrivateKeyParameters key;
  private final PublicKey publicKey;

  private SigningKey(Ed25519PrivateKeyParameters key) {
    this.key = key;
    this.publicKey =
        PublicKey.ofHex(HexFormat.of().formatHex(key.generatePublicKey().getEncoded()));
  }

  /** A new key from the platform's random source. */
  public static SigningKey generate() {
    return new SigningKey(new Ed25519PrivateKeyParameters(new SecureRandom()));
  }

  /** The key that belongs to a 32-byte seed (RFC 8032 section 5.1.5). */
  public static SigningKey ofSeed(byte[] seed) {
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw new IllegalArgumentException("a seed of " + seed.length + " bytes: expected 32");
    }
    return new SigningKey(new Ed25519PrivateKeyParameters(seed));
  }

  /** The public half. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** The public half's key id. */
  public String keyid() {
    return publicKey.keyid();
  }

  /** The signature over the message: 128 lower-case hex digits, the same for the same message. */
  public String sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return HexFormat.of().formatHex(signature);
  }

  byte[] seed() {
    return key.getEncoded();
  }

  @Override
  public String toString() {
    return "SigningKey[" + keyid() + "]";
  }
}
