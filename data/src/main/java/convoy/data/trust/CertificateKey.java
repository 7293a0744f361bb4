package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The public key of an ECU's certificate, which checks what the ECU signs: Ed25519 (RFC 8032), or
 * ECDSA on P-256 with SHA-256. A signature is 64 bytes in both; of ECDSA, r and s of 32 bytes each
 * (IEEE 1363). Who issued the certificate and how long it is valid is not looked at: that it stands
 * in the export of the plant is what makes it the ECU's.
 */
public final class CertificateKey {
  private static final int SIGNATURE_BYTES = 64;
  private static final int ED25519_BYTES = 32;

  private final String keyid;
  private final @Nullable PublicKey ed25519;
  private final @Nullable ECPublicKey p256;

  private CertificateKey(String keyid, @Nullable PublicKey ed25519, @Nullable ECPublicKey p256) {
    this.keyid = keyid;
    this.ed25519 = ed25519;
    this.p256 = p256;
  }

  /**
   * The key of a certificate.
   *
   * @param base64 its DER in Base64
   * @throws ConvoyException NOT_TRUSTED when it is none, or has a key of another kind
   */
  public static CertificateKey of(String base64) {
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      String keyid = Hashes.sha256(der);
      java.security.PublicKey key = certificate.getPublicKey();
      if (key instanceof EdECPublicKey ed
          && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
        byte[] info = key.getEncoded();
        String hex = HexFormat.of().formatHex(info, info.length - ED25519_BYTES, info.length);
        return new CertificateKey(keyid, PublicKey.ofHex(hex), null);
      }
      if (key instanceof ECPublicKey ec && ec.getParams().getOrder().equals(P256.CURVE.getN())) {
        return new CertificateKey(keyid, null, ec);
      }
      throw untrusted("a key of " + key.getAlgorithm(), null);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw untrusted("a certificate that cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** The SHA-256 of the certificate's DER, in hex. */
  public String keyid() {
    return keyid;
  }

  /** Whether the key made this signature, 128 hex digits, over the message. */
  public boolean verifies(byte[] message, String signature) {
    if (!Hashes.isHex(signature, SIGNATURE_BYTES)) {
      return false;
    }
    if (ed25519 != null) {
      return ed25519.verifies(message, signature);
    }
    try {
      Signature ecdsa = Signature.getInstance("SHA256withECDSAinP1363Format");
      ecdsa.initVerify(p256);
      ecdsa.update(message);
      return ecdsa.verify(HexFormat.of().parseHex(signature));
    } catch (GeneralSecurityException e) {
      // Numbers out of the curve's range are a wrong signature, and the key was read before.
      return false;
    }
  }

  private static ConvoyException untrusted(String found, @Nullable Throwable cause) {
    return new ConvoyException(
        ErrorCode.NOT_TRUSTED, found + ", expected an Ed25519 or P-256 key", cause);
  }
}
