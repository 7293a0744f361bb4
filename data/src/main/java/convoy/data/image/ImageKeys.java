package convoy.data.image;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.KeyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The installation's own certificate and private key (EC P-256), for which it seals the keys of the
 * images that it keeps.
 */
public record ImageKeys(X509Certificate certificate, PrivateKey privateKey) {
  private static final String CURVE = "secp256r1";

  /** Given to each use by hand: a registered one would change what the whole program uses. */
  static final Provider PROVIDER = new BouncyCastleProvider();

  private static final String PRIVATE = "images.pem";
  private static final String CERTIFICATE = "images.crt.pem";
  private static final Duration VALID = Duration.ofDays(3650);

  /**
   * Makes a key and a certificate that it signs itself, as {@code images.pem} (0600) and {@code
   * images.crt.pem} in that folder.
   *
   * @throws ConvoyException NOT_TRUSTED when there is a key: without it no kept image opens
   */
  public static void create(Path folder, Instant now) throws IOException {
    try {
      KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
      pairs.initialize(new ECGenParameterSpec(CURVE));
      KeyPair pair = pairs.generateKeyPair();
      X500Name name = new X500Name("CN=Convoy images");
      byte[] certificate =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(128, new SecureRandom()).setBit(127),
                  Date.from(now),
                  Date.from(now.plus(VALID)),
                  name,
                  pair.getPublic())
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      KeyFiles.storePkcs8(folder.resolve(PRIVATE), pair.getPrivate().getEncoded());
      KeyFiles.storeCertificate(folder.resolve(CERTIFICATE), certificate);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("making the key of images: " + e.getMessage(), e);
    }
  }

  /**
   * Reads both.
   *
   * @throws ConvoyException NOT_TRUSTED when one is missing or not readable, the private key is not
   *     for its owner alone, or is no key on P-256
   */
  public static ImageKeys load(Path folder) throws IOException {
    Path privateKey = folder.resolve(PRIVATE);
    byte[] pkcs8 = KeyFiles.loadPkcs8(privateKey);
    try {
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return new ImageKeys(certificate(folder.resolve(CERTIFICATE)), key);
    } catch (GeneralSecurityException e) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED, privateKey + ": expected a key on P-256: " + e.getMessage(), e);
    }
  }

  private static X509Certificate certificate(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (NoSuchFileException e) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED, file + ": no such file, expected the certificate of images", e);
    } catch (GeneralSecurityException e) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED, file + ": expected a certificate: " + e.getMessage(), e);
    }
  }

  /**
   * A key, sealed for this installation.
   *
   * @throws ConvoyException NOT_TRUSTED when nothing can be sealed for its certificate
   */
  public byte[] seal(ImageKey key) {
    try {
      return new KeySealer(key).seal(RecipientCertificate.of(certificate.getEncoded()));
    } catch (RecipientCertificate.Unusable | CertificateEncodingException e) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "the certificate of images: found %s, expected a key on P-256".formatted(e.getMessage()),
          e);
    }
  }

  /**
   * Opens a key that was sealed for this installation.
   *
   * @throws ConvoyException NOT_TRUSTED when it does not open; the message says why
   */
  public ImageKey open(byte[] sealed) {
    return KeyPackage.open(sealed, certificate, privateKey);
  }
}
