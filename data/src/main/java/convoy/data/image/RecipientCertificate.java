package convoy.data.image;

import convoy.data.io.Digests;
import convoy.data.trust.P256;
import java.math.BigInteger;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/**
 * A certificate for which the key of an image can be sealed: of a key on P-256, or of an RSA key of
 * 2,048 to 4,096 bits. Who issued it, until when, and for which uses is not looked at.
 */
public final class RecipientCertificate {
  private static final int RSA_LEAST_BITS = 2048;
  private static final int RSA_MOST_BITS = 4096;
  private static final BigInteger RSA_LEAST_EXPONENT = BigInteger.valueOf(65_537);
  private static final int RSA_MOST_EXPONENT_BITS = 32;

  private static final Map<ASN1ObjectIdentifier, String> OTHER_KINDS =
      Map.of(
          EdECObjectIdentifiers.id_Ed25519, "Ed25519",
          EdECObjectIdentifiers.id_Ed448, "Ed448",
          EdECObjectIdentifiers.id_X25519, "X25519",
          PKCSObjectIdentifiers.id_RSASSA_PSS, "RSA for signatures alone",
          X9ObjectIdentifiers.id_dsa, "DSA");

  private final IssuerAndSerialNumber id;
  private final AsymmetricKeyParameter key;
  private final byte[] der;

  private RecipientCertificate(IssuerAndSerialNumber id, AsymmetricKeyParameter key, byte[] der) {
    this.id = id;
    this.key = key;
    this.der = der;
  }

  /** Nothing can be sealed for the certificate; the message says what was found. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean signs;

    Unusable(String message) {
      this(message, false);
    }

    private Unusable(String message, boolean signs) {
      super(message);
      this.signs = signs;
    }

    Unusable(String message, Throwable cause) {
      super(message, cause);
      this.signs = false;
    }

    /**
     * Whether its key only signs (Ed25519): no fault in an ECU that signs its version reports, and
     * gets no keys of images.
     */
    public boolean signs() {
      return signs;
    }
  }

  /**
   * Reads a certificate.
   *
   * @param der an X.509 certificate
   */
  public static RecipientCertificate of(byte[] der) throws Unusable {
    Certificate certificate;
    try {
      certificate = Certificate.getInstance(der);
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      throw new Unusable("no certificate", e);
    }
    return new RecipientCertificate(
        new IssuerAndSerialNumber(certificate), key(certificate.getSubjectPublicKeyInfo()), der);
  }

  private static AsymmetricKeyParameter key(SubjectPublicKeyInfo info) throws Unusable {
    ASN1ObjectIdentifier kind = info.getAlgorithm().getAlgorithm();
    if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return p256(info);
    }
    if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return rsa(info);
    }
    throw new Unusable(
        "a key of kind " + OTHER_KINDS.getOrDefault(kind, kind.getId()),
        kind.equals(EdECObjectIdentifiers.id_Ed25519));
  }

  private static ECPublicKeyParameters p256(SubjectPublicKeyInfo info) throws Unusable {
    // RFC 5480, section 2.1.1: a curve is named, never described.
    if (!(info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve)) {
      throw new Unusable("an EC key on a curve without a name");
    }
    if (!curve.equals(SECObjectIdentifiers.secp256r1)) {
      String name = ECNamedCurveTable.getName(curve);
      throw new Unusable("a key on " + (name == null ? "the curve " + curve.getId() : name));
    }
    try {
      // Checks that the point is on the curve.
      return new ECPublicKeyParameters(
          P256.CURVE.getCurve().decodePoint(info.getPublicKeyData().getOctets()), P256.CURVE);
    } catch (IllegalArgumentException e) {
      throw new Unusable("a point that is not on P-256", e);
    }
  }

  private static RSAKeyParameters rsa(SubjectPublicKeyInfo info) throws Unusable {
    RSAPublicKey key;
    try {
      key = RSAPublicKey.getInstance(info.getPublicKeyData().getOctets());
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      throw new Unusable("an RSA key that cannot be read", e);
    }
    int bits = key.getModulus().bitLength();
    if (key.getModulus().signum() < 0 || bits < RSA_LEAST_BITS || bits > RSA_MOST_BITS) {
      throw new Unusable("an RSA key of %,d bits".formatted(bits));
    }
    BigInteger exponent = key.getPublicExponent();
    if (!exponent.testBit(0)
        || exponent.compareTo(RSA_LEAST_EXPONENT) < 0
        || exponent.bitLength() > RSA_MOST_EXPONENT_BITS) {
      throw new Unusable("an RSA key with another exponent than an odd one from 65,537 to 2^32");
    }
    // As "internal": else each key is tested for being composite, which costs more than sealing.
    return new RSAKeyParameters(false, key.getModulus(), exponent, true);
  }

  IssuerAndSerialNumber id() {
    return id;
  }

  AsymmetricKeyParameter key() {
    return key;
  }

  /** The SHA-256 of the certificate's DER. */
  byte[] sha256() {
    return Digests.of("SHA-256").digest(der);
  }
}
