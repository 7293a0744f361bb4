package convoy.jobs.images;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.image.KeySealer;
import convoy.data.image.RecipientCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of kept images, sealed for the certificates of ECUs. A key is opened when it is first
 * asked for, and never where no ECU has a certificate. Threads may share it.
 */
public final class KeyPackages {
  private final ImageStore images;
  private final ConcurrentMap<String, KeySealer> sealers = new ConcurrentHashMap<>();

  public KeyPackages(ImageStore images) {
    this.images = images;
  }

  /**
   * The image's key for that certificate; always the same text for the same two.
   *
   * @param sha256 of the clear image
   * @param certificate its DER in Base64, as the fleet store has it
   * @return the package's DER in Base64; null for a certificate of a key that only signs
   * @throws ConvoyException NOT_TRUSTED when the image's key does not open, is not the one that the
   *     encrypted image names, or nothing can be sealed for the certificate
   */
  public @Nullable String of(String sha256, String certificate) {
    RecipientCertificate recipient = recipient(certificate);
    if (recipient == null) {
      return null;
    }
    KeySealer sealer = sealers.computeIfAbsent(sha256, this::sealer);
    return Base64.getEncoder().encodeToString(sealer.seal(recipient));
  }

  private KeySealer sealer(String sha256) {
    try {
      return new KeySealer(images.key(sha256));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an import let pass; a row that was changed since then is not taken. */
  private static @Nullable RecipientCertificate recipient(String certificate) {
    try {
      return RecipientCertificate.of(Base64.getDecoder().decode(certificate));
    } catch (RecipientCertificate.Unusable e) {
      if (e.signs()) {
        return null;
      }
      throw untrusted(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw untrusted("text that is not Base64", e);
    }
  }

  private static ConvoyException untrusted(String found, Exception cause) {
    return new ConvoyException(
        ErrorCode.NOT_TRUSTED,
        "certificate: found %s, expected one with a key on P-256 or of RSA with 2,048 to 4,096 bits"
            .formatted(found),
        cause);
  }
}
