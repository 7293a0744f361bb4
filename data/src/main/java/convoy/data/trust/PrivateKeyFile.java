package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A private key under a password, an operator's or one of a repository's: PKCS#12 (RFC 7292) as the
 * JDK writes it, encrypted with PBES2 and AES-256, and for the owner of the file alone. Passwords
 * and keys are in no message.
 */
public final class PrivateKeyFile {
  /** Fewer characters are guessed too soon where the file is stolen. */
  public static final int SHORTEST_PASSWORD = 12;

  private static final String ALIAS = "key";

  private PrivateKeyFile() {}

  /**
   * What a file holds.
   *
   * @param validUntil until when the key is meant to sign, as its certificate says
   */
  public record Opened(SigningKey key, Instant validUntil) {}

  /**
   * Writes a new key with a certificate that it signs itself, which PKCS#12 asks for. It says until
   * when the key is meant to sign; nothing else uses it.
   *
   * @param owner whose key it is, such as "bob" or "director-targets"
   * @throws ConvoyException USAGE when the password is too short; NOT_TRUSTED when the file is
   *     there: a key is never overwritten
   */
  public static void store(
      Path file, SigningKey key, String owner, char[] password, Instant now, Instant validUntil)
      throws IOException {
    if (password.length < SHORTEST_PASSWORD) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "%s: found a password of %d characters, expected %d or more"
              .formatted(file, password.length, SHORTEST_PASSWORD));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrivateKey privateKey =
          KeyFactory.getInstance(isP256(key) ? "EC" : "Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.pkcs8(key)));
      Certificate[] chain = {certificate(privateKey, key, owner, now, validUntil)};
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, privateKey, password, chain);
      store.store(out, password);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("making the key of " + owner + ": " + e.getMessage(), e);
    }
    KeyFiles.storePrivate(file, out.toByteArray());
  }

  private static Certificate certificate(
      PrivateKey privateKey, SigningKey key, String owner, Instant now, Instant validUntil)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    var name = new X500NameBuilder().addRDN(BCStyle.CN, owner).build();
    byte[] der =
        new X509v3CertificateBuilder(
                name,
                new BigInteger(128, new SecureRandom()).setBit(127),
                Date.from(now),
                Date.from(validUntil),
                name,
                Pem.publicKeyInfo(key.publicKey()))
            .build(
                new JcaContentSignerBuilder(isP256(key) ? "SHA256withECDSA" : "Ed25519")
                    .build(privateKey))
            .getEncoded();
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der));
  }

  private static boolean isP256(SigningKey key) {
    return key.publicKey().scheme() == SignatureScheme.ECDSA_P256;
  }

  /**
   * Opens a key.
   *
   * @throws ConvoyException NOT_TRUSTED when the file is missing, others have access to it, the
   *     password does not open it, or it does not hold one Ed25519 or P-256 key
   */
  public static Opened open(Path file, char[] password) throws IOException {
    byte[] bytes = KeyFiles.readOwnersAlone(file, "a private key");
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password);
      var aliases = Collections.list(store.aliases());
      if (aliases.size() == 1) {
        Key key = store.getKey(aliases.get(0), password);
        if (key instanceof PrivateKey
            && key.getEncoded() != null
            && store.getCertificate(aliases.get(0)) instanceof X509Certificate certificate) {
          return new Opened(
              Pem.signingKey(key.getEncoded(), file.toString()),
              certificate.getNotAfter().toInstant());
        }
      }
      throw untrusted(
          file
              + ": found "
              + aliases.size()
              + " entries, expected one with an Ed25519 or P-256 key",
          null);
    } catch (IOException | GeneralSecurityException e) {
      if (e instanceof UnrecoverableKeyException
          || e.getCause() instanceof UnrecoverableKeyException) {
        throw untrusted(file + ": the password does not open it", e);
      }
      throw untrusted(file + ": expected a PKCS#12 file: " + e.getMessage(), e);
    }
  }

  private static ConvoyException untrusted(String message, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message, cause);
  }
}
