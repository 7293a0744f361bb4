package convoy.data.image;

import convoy.data.trust.Hashes;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The key of one image: 256 random bits, which only those get for whose certificate it is sealed.
 *
 * @param hex the key in lower-case hex
 */
public record ImageKey(String hex) {
  private static final int BYTES = 32;

  public ImageKey {
    if (!Hashes.isHex(hex, BYTES)) {
      throw new IllegalArgumentException("expected a key of 256 bits in lower-case hex");
    }
  }

  /** A new key. */
  public static ImageKey generate() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new ImageKey(HexFormat.of().formatHex(bytes));
  }

  /** The name by which an encrypted image says which key opens it: the key's SHA-256. */
  public String id() {
    return Hashes.sha256(bytes());
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** The name alone: what is printed or logged must not open an image. */
  @Override
  public String toString() {
    return "image key " + id();
  }
}
