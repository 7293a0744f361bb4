package convoy.data.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * A private key. Threads may share it. Its text shows the key id, never the secret.
 *
 * <p>A key whose secret is at hand gives the same signature for the same message. One in a hardware
 * module ({@link KeyModule}) gives another each time.
 */
public final class SigningKey {
  /** How a key signs. */
  interface Signer {
    byte[] sign(byte[] message);
  }

  private final PublicKey publicKey;
  private final Signer signer;
  private final @Nullable PrivateKeyInfo secret;

  private SigningKey(PublicKey publicKey, Signer signer, @Nullable PrivateKeyInfo secret) {
    this.publicKey = publicKey;
    this.signer = signer;
    this.secret = secret;
  }

  /** A new Ed25519 key from the platform's random source. */
  public static SigningKey generate() {
    return of(new Ed25519PrivateKeyParameters(new SecureRandom()));
  }

  /** A new key of that kind. */
  public static SigningKey generate(SignatureScheme scheme) {
    return switch (scheme) {
      case ED25519 -> generate();
      case ECDSA_P256 -> ofNumber(P256.newSecret());
    };
  }

  /** The Ed25519 key that belongs to a 32-byte seed (RFC 8032 section 5.1.5). */
  public static SigningKey ofSeed(byte[] seed) {
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw new IllegalArgumentException("a seed of " + seed.length + " bytes: expected 32");
    }
    return of(new Ed25519PrivateKeyParameters(seed));
  }

  private static SigningKey of(Ed25519PrivateKeyParameters key) {
    try {
      return new SigningKey(
          PublicKey.ofHex(HexFormat.of().formatHex(key.generatePublicKey().getEncoded())),
          message -> {
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
            return signature;
          },
          new PrivateKeyInfo(Pem.ED25519, new DEROctetString(key.getEncoded())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The P-256 key that belongs to a secret number.
   *
   * @throws IllegalArgumentException when it is not from 1 to the order of the curve less 1
   */
  static SigningKey ofNumber(BigInteger number) {
    ECPrivateKeyParameters key = P256.privateKey(number);
    return new SigningKey(
        PublicKey.of(SignatureScheme.ECDSA_P256, HexFormat.of().formatHex(P256.point(key))),
        message -> P256.sign(key, message),
        P256.pkcs8(key));
  }

  /** A key whose secret is not at hand. */
  static SigningKey elsewhere(PublicKey publicKey, Signer signer) {
    return new SigningKey(publicKey, signer, null);
  }

  /** The public half. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** The public half's key id. */
  public String keyid() {
    return publicKey.keyid();
  }

  /** The signature over the message in lower-case hex. */
  public String sign(byte[] message) {
    return HexFormat.of().formatHex(signer.sign(message));
  }

  /** The secret, in PKCS#8. */
  PrivateKeyInfo secret() {
    if (secret == null) {
      throw new IllegalStateException(this + ": its secret is not at hand");
    }
    return secret;
  }

  @Override
  public String toString() {
    return "SigningKey[" + keyid() + "]";
  }
}
