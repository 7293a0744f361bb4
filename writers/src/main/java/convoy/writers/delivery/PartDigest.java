package convoy.writers.delivery;

import convoy.data.io.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/** The hashes of one request's body. Its arrays are shared, not copied: nobody changes them. */
record PartDigest(Hash sha256, Hash md5) {
  /** A hash in the two forms that S3 has for it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Hash(byte[] bytes) {
    String base64() {
      return Base64.getEncoder().encodeToString(bytes);
    }

    String hex() {
      return HexFormat.of().formatHex(bytes);
    }
  }

  /** Reads the part once. */
  static PartDigest of(FilePart part) throws IOException {
    return of(part, OutputStream.nullOutputStream());
  }

  /**
   * The same for one of several.
   *
   * @param file what its bytes are counted into as well
   */
  static PartDigest of(FilePart part, MessageDigest file) throws IOException {
    return of(part, new DigestOutputStream(OutputStream.nullOutputStream(), file));
  }

  private static PartDigest of(FilePart part, OutputStream out) throws IOException {
    MessageDigest sha256 = Digests.of("SHA-256");
    MessageDigest md5 = Digests.of("MD5");
    try (InputStream in = new DigestInputStream(new DigestInputStream(part.open(), sha256), md5)) {
      in.transferTo(out);
    }
    return new PartDigest(new Hash(sha256.digest()), new Hash(md5.digest()));
  }
}
