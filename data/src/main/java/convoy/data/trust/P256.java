package convoy.data.trust;

import convoy.data.io.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/**
 * ECDSA on P-256 with SHA-256 (FIPS 186-5). A public key is the uncompressed point, a signature the
 * DER of an ECDSA-Sig-Value (RFC 3279, section 2.2.3).
 */
public final class P256 {
  /** What a key on it says of itself (RFC 5480, section 2.1.1). */
  public static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

  /** 04, x and y (SEC 1, section 2.3.3). */
  static final int POINT_BYTES = 65;

  /** A sequence of two integers of one byte each. */
  static final int SHORTEST_SIGNATURE = 8;

  /** A sequence of two integers of 33 bytes each. */
  static final int LONGEST_SIGNATURE = 72;

  private static final byte UNCOMPRESSED = 4;

  /** In the form in which Bouncy Castle multiplies fastest. */
  public static final ECDomainParameters CURVE =
      new ECDomainParameters(CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));

  private P256() {}

  /**
   * The key of a point.
   *
   * @throws IllegalArgumentException when it is not an uncompressed point of the curve
   */
  static ECPublicKeyParameters publicKey(byte[] point) {
    if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
      throw new IllegalArgumentException("not an uncompressed point");
    }
    return new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point), CURVE);
  }

  static BigInteger newSecret() {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(CURVE, new SecureRandom()));
    return ((ECPrivateKeyParameters) generator.generateKeyPair().getPrivate()).getD();
  }

  /**
   * The key of a secret number.
   *
   * @throws IllegalArgumentException when it is not of the curve's range
   */
  static ECPrivateKeyParameters privateKey(BigInteger secret) {
    return new ECPrivateKeyParameters(secret, CURVE);
  }

  /** FIPS 186-5, appendix A.2.1: a key from 64 bits more than it has, or from more yet. */
  public static ECPrivateKeyParameters privateKey(byte[] moreBits) {
    BigInteger most = CURVE.getN().subtract(BigInteger.ONE);
    return privateKey(new BigInteger(1, moreBits).mod(most).add(BigInteger.ONE));
  }

  /** The public half of a key. */
  public static byte[] point(ECPrivateKeyParameters key) {
    return CURVE.getG().multiply(key.getD()).normalize().getEncoded(false);
  }

  /** The key in PKCS#8. */
  public static PrivateKeyInfo pkcs8(ECPrivateKeyParameters key) {
    try {
      return new PrivateKeyInfo(ALGORITHM, new ECPrivateKey(CURVE.getN().bitLength(), key.getD()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The signature of RFC 6979, which is the same for the same message. */
  public static byte[] sign(ECPrivateKeyParameters key, byte[] message) {
    BigInteger[] signature = numbers(key, message);
    try {
      return StandardDSAEncoding.INSTANCE.encode(CURVE.getN(), signature[0], signature[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same as r and s of 32 bytes each (IEEE 1363), in hex, as ECUs sign.
   *
   * @param secret the key's number
   */
  public static String plainSignature(BigInteger secret, byte[] message) {
    BigInteger[] signature = numbers(privateKey(secret), message);
    return HexFormat.of()
        .formatHex(PlainDSAEncoding.INSTANCE.encode(CURVE.getN(), signature[0], signature[1]));
  }

  /** r and s. */
  private static BigInteger[] numbers(ECPrivateKeyParameters key, byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, key);
    return signer.generateSignature(sha256(message));
  }

  /**
   * Whether the signature is the key's, in DER and not in another encoding. Of s and n - s each is
   * taken, since modules make both.
   */
  static boolean verifies(ECPublicKeyParameters key, byte[] message, byte[] signature) {
    BigInteger r;
    BigInteger s;
    byte[] der;
    try {
      ASN1Sequence pair = ASN1Sequence.getInstance(signature);
      if (pair.size() != 2) {
        return false;
      }
      r = ASN1Integer.getInstance(pair.getObjectAt(0)).getValue();
      s = ASN1Integer.getInstance(pair.getObjectAt(1)).getValue();
      der = StandardDSAEncoding.INSTANCE.encode(CURVE.getN(), r, s);
    } catch (IllegalArgumentException | IOException e) {
      // No ECDSA-Sig-Value, or numbers that are out of range.
      return false;
    }
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, key);
    return Arrays.equals(der, signature) && signer.verifySignature(sha256(message), r, s);
  }

  private static byte[] sha256(byte[] message) {
    return Digests.of("SHA-256").digest(message);
  }
}
