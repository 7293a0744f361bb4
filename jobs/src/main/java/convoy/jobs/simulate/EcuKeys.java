package convoy.jobs.simulate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.KeyFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/**
 * The private keys of the ECUs that the simulator plays with theirs: {@code <serial>.pem} in one
 * folder, with the ECU's certificate and its private key in PKCS#8, for the owner alone. The folder
 * need not be there. Only simulated ECUs have their keys on a computer.
 */
public final class EcuKeys {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  // A serial number comes from a manifest and becomes part of a path.
  private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final Path folder;

  /** A certificate and its private key. */
  record EcuKey(X509Certificate certificate, PrivateKey privateKey) {}

  public EcuKeys(Path folder) {
    this.folder = folder;
  }

  /** The name of an ECU's file. */
  public static String fileName(String serial) {
    return serial + ".pem";
  }

  /**
   * What stands in an ECU's file.
   *
   * @param certificate in DER
   * @param privateKey in PKCS#8
   */
  public static byte[] content(byte[] certificate, byte[] privateKey) {
    return Arrays.concatenate(
        KeyFiles.pem(CERTIFICATE, certificate), KeyFiles.pem(PRIVATE_KEY, privateKey));
  }

  /**
   * The key of that ECU; empty when its key is not here.
   *
   * @throws ConvoyException NOT_TRUSTED when others can read the file, or it is not as it must be
   */
  Optional<EcuKey> of(String serial) throws IOException {
    Path file = folder.resolve(fileName(serial));
    if (!SERIAL.matcher(serial).matches() || Files.notExists(file)) {
      return Optional.empty();
    }
    String pem =
        new String(KeyFiles.readOwnersAlone(file, "the private key of an ECU"), ISO_8859_1);
    byte[] certificate = null;
    byte[] privateKey = null;
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        switch (block.getType()) {
          case CERTIFICATE -> certificate = block.getContent();
          case PRIVATE_KEY -> privateKey = block.getContent();
          default -> throw refused(file, "a block " + block.getType(), null);
        }
      }
      if (certificate == null || privateKey == null) {
        throw refused(file, certificate == null ? "no certificate" : "no private key", null);
      }
      return Optional.of(new EcuKey(certificate(certificate), privateKey(privateKey)));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw refused(file, "what cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
    boolean isEc =
        PrivateKeyInfo.getInstance(pkcs8)
            .getPrivateKeyAlgorithm()
            .getAlgorithm()
            .equals(X9ObjectIdentifiers.id_ecPublicKey);
    return KeyFactory.getInstance(isEc ? "EC" : "RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static ConvoyException refused(Path file, String found, @Nullable Throwable cause) {
    return new ConvoyException(
        ErrorCode.NOT_TRUSTED,
        "%s: found %s, expected the certificate of an ECU and its private key in PKCS#8, both in PEM"
            .formatted(file, found),
        cause);
  }
}
