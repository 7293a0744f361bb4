package convoy.data.io;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hashes that files, documents and object stores are known by. */
public final class Digests {
  private Digests() {}

  /**
   * One that has counted nothing yet.
   *
   * @param algorithm by its standard name, such as SHA-256
   */
  public static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** The hash of what it has counted, in lower-case hex; it begins anew. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
