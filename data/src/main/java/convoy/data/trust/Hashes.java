package convoy.data.trust;

import convoy.data.io.Digests;
import java.security.MessageDigest;

/** Hashes as lower-case hex, the only form in which documents carry them. */
public final class Hashes {
  private Hashes() {}

  /** The SHA-256 of the bytes: 64 hex digits. */
  public static String sha256(byte[] bytes) {
    return hex("SHA-256", bytes);
  }

  /** The SHA-512 of the bytes: 128 hex digits. */
  public static String sha512(byte[] bytes) {
    return hex("SHA-512", bytes);
  }

  /** Whether the text is this many bytes in lower-case hex. */
  public static boolean isHex(String text, int bytes) {
    if (text.length() != 2 * bytes) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the text is from so many to so many bytes in lower-case hex. */
  static boolean isHex(String text, int least, int most) {
    int bytes = text.length() / 2;
    return bytes >= least && bytes <= most && isHex(text, bytes);
  }

  private static String hex(String algorithm, byte[] bytes) {
    MessageDigest digest = Digests.of(algorithm);
    digest.update(bytes);
    return Digests.hex(digest);
  }
}
