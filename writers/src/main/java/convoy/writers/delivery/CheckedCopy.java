package convoy.writers.delivery;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A stream that knows whether what passed through it is the file that was meant. */
final class CheckedCopy extends DigestOutputStream {
  /** One that keeps nothing. */
  CheckedCopy() {
    this(OutputStream.nullOutputStream());
  }

  CheckedCopy(OutputStream out) {
    super(out, Digests.of("SHA-256"));
  }

  /**
   * @throws ConvoyException NOT_TRUSTED when other bytes passed
   */
  void require(OutgoingFile file) {
    MessageDigest passed = getMessageDigest();
    String found = HexFormat.of().formatHex(passed.digest());
    if (!found.equals(file.sha256())) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "%s: it changed while it was published: found SHA-256 %s, expected %s"
              .formatted(file.source(), found, file.sha256()));
    }
  }
}
