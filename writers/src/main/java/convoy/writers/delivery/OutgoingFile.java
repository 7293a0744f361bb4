package convoy.writers.delivery;

import convoy.data.delivery.OutboxPath;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.nio.file.Path;

/**
 * A file on its way.
 *
 * @param source where it is read
 * @param path below the outbox, and below the destination
 * @param bytes its length
 * @param sha256 its SHA-256, 64 lower-case hex digits
 */
public record OutgoingFile(Path source, OutboxPath path, long bytes, String sha256) {
  /**
   * Checks what was read of it on the way.
   *
   * @param found the SHA-256 of those bytes, in lower-case hex
   * @throws ConvoyException NOT_TRUSTED when it is not the file's
   */
  void requireSame(String found) {
    if (!found.equals(sha256)) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "%s: it changed while it was published: found SHA-256 %s, expected %s"
              .formatted(source, found, sha256));
    }
  }
}
