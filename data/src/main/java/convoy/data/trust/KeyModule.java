package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * A token of a hardware module, with the keys in it: PKCS#11 through the JDK's provider SunPKCS11
 * (JDK PKCS#11 Reference Guide), which has no Ed25519, so that all keys are P-256. A key is an
 * entry of a private key and its certificate; it never leaves the token. Threads may share the
 * keys; opening is for one.
 */
public final class KeyModule {
  private static final String ALGORITHM = "SHA256withECDSA";

  private final Place place;
  private final Provider provider;
  private final KeyStore store;

  private KeyModule(Place place, Provider provider, KeyStore store) {
    this.place = place;
    this.provider = provider;
    this.store = store;
  }

  /**
   * Where a token is.
   *
   * @param library the module's PKCS#11 library
   * @param slot the number of the slot with the token
   * @param pinFile holds the token's PIN, for its owner alone
   */
  public record Place(Path library, long slot, Path pinFile) {
    /** Its name in a message. */
    public String words() {
      return "slot %d of %s".formatted(slot, library);
    }
  }

  /**
   * A key in the token.
   *
   * @param label its name there
   * @param validUntil until when the key is meant to sign, as its certificate says
   */
  public record Found(String label, SigningKey key, Instant validUntil) {}

  /**
   * Opens a token. A wrong PIN counts as one attempt of the few that a module allows: a caller that
   * was refused does not try again.
   *
   * @throws ConvoyException NOT_TRUSTED when there is no such library or token, the file with the
   *     PIN is missing or others have access to it, or the PIN does not open the token
   */
  public static KeyModule open(Place place) throws IOException {
    char[] pin = PasswordFile.read(place.pinFile());
    try {
      Provider provider = provider(place);
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin);
      return new KeyModule(place, provider, store);
    } catch (IOException
        | GeneralSecurityException
        | ProviderException
        | InvalidParameterException
        | UnsupportedOperationException e) {
      String reason = reason(e);
      throw refused(
          place,
          reason.equals("CKR_PIN_INCORRECT")
              ? "the PIN in %s does not open its token".formatted(place.pinFile())
              : "found no token that opens, expected one with a PIN: " + reason,
          e);
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private static Provider provider(Place place) {
    if (!Files.isRegularFile(place.library())) {
      throw refused(place, "no such file, expected the module's PKCS#11 library", null);
    }
    return Security.getProvider("SunPKCS11")
        .configure(
            "--name = convoy\nlibrary = \"%s\"\nslot = %d\n"
                .formatted(place.library(), place.slot()));
  }

  /**
   * The key of that public half.
   *
   * @return empty when the token does not have it
   * @throws ConvoyException NOT_TRUSTED when the token does not sign with it
   */
  public Optional<Found> find(PublicKey expected) throws IOException {
    byte[] info = Pem.publicKeyInfo(expected).getEncoded();
    for (String label : labels()) {
      X509Certificate certificate = certificate(label);
      if (certificate != null && Arrays.equals(certificate.getPublicKey().getEncoded(), info)) {
        return Optional.of(found(label, expected, certificate));
      }
    }
    return Optional.empty();
  }

  /**
   * The key of that label.
   *
   * @throws ConvoyException NOT_TRUSTED when the token has none, it is no P-256 key with a
   *     certificate, or the token does not sign with it
   */
  public Found labelled(String label) throws IOException {
    List<String> labels = labels();
    X509Certificate certificate = labels.contains(label) ? certificate(label) : null;
    if (certificate == null) {
      throw refused(
          place,
          "found no key '%s' with a certificate, expected one of %s".formatted(label, labels),
          null);
    }
    String where = "%s: key '%s'".formatted(place.words(), label);
    PublicKey key =
        Pem.publicKey(
            SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded()), where);
    return found(label, key, certificate);
  }

  private List<String> labels() {
    try {
      return Collections.list(store.aliases()).stream().filter(this::isKey).sorted().toList();
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
  }

  private boolean isKey(String label) {
    try {
      return store.isKeyEntry(label);
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
  }

  private @Nullable X509Certificate certificate(String label) {
    try {
      return store.getCertificate(label) instanceof X509Certificate found ? found : null;
    } catch (GeneralSecurityException e) {
      throw failed(e);
    }
  }

  /** With a signature for trial: a certificate of another key would be noticed in vehicles only. */
  private Found found(String label, PublicKey publicKey, X509Certificate certificate) {
    PrivateKey secret = secret(label);
    SigningKey key =
        SigningKey.elsewhere(
            publicKey, message -> sign(secret, message, "key '%s'".formatted(label)));
    byte[] trial = {1};
    if (!publicKey.verifies(trial, key.sign(trial))) {
      throw refused(
          place,
          "key '%s': its certificate has another public key, expected its own".formatted(label),
          null);
    }
    return new Found(label, key, certificate.getNotAfter().toInstant());
  }

  private PrivateKey secret(String label) {
    try {
      Key key = store.getKey(label, null);
      if (key instanceof PrivateKey secret) {
        return secret;
      }
    } catch (GeneralSecurityException | ProviderException e) {
      throw failed(e);
    }
    throw refused(place, "key '%s': found no private key".formatted(label), null);
  }

  private byte[] sign(PrivateKey key, byte[] message, String which) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM, provider);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException | ProviderException e) {
      throw refused(place, "%s does not sign: %s".formatted(which, reason(e)), e);
    }
  }

  private ConvoyException failed(Exception e) {
    return refused(place, "its token cannot be read: " + reason(e), e);
  }

  /** The module's own word, such as CKR_PIN_LOCKED, which the JDK wraps several times. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static ConvoyException refused(Place place, String why, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, place.words() + ": " + why, cause);
  }
}
