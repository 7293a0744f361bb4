package convoy.scheduler.delivery;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Hashes of bytes that a test has. */
final class Hashed {
  private Hashed() {}

  static byte[] of(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hex(String algorithm, byte[] bytes) {
    return HexFormat.of().formatHex(of(algorithm, bytes));
  }

  static String base64(String algorithm, byte[] bytes) {
    return Base64.getEncoder().encodeToString(of(algorithm, bytes));
  }

  static byte[] joined(List<byte[]> all) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    all.forEach(joined::writeBytes);
    return joined.toByteArray();
  }
}
