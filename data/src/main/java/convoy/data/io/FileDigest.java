package convoy.data.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * What a file's bytes are known by.
 *
 * @param length in bytes
 * @param sha256 64 lower-case hex digits
 * @param sha512 128 lower-case hex digits
 */
public record FileDigest(long length, String sha256, String sha512) {
  /** Reads the file once and computes both hashes. */
  public static FileDigest of(Path file) throws IOException {
    RunningDigest digest = new RunningDigest();
    try (InputStream in = Files.newInputStream(file)) {
      in.transferTo(digest.writing());
      return digest.result();
    }
  }

  /** The file's SHA-256 alone, at half the cost. */
  public static String sha256(Path file) throws IOException {
    MessageDigest sha256 = Digests.of("SHA-256");
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
      return Digests.hex(sha256);
    }
  }
}
