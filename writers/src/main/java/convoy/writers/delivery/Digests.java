package convoy.writers.delivery;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes that object stores and Convoy know files by. */
final class Digests {
  private Digests() {}

  static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "this Java platform has no " + algorithm + ", by which object stores are checked", e);
    }
  }
}
