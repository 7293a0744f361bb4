package convoy.jobs.publishoutbox;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.FileDigest;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that was read for publishing.
 *
 * @param sha256 64 lower-case hex digits
 * @param verdict what it is against what was published
 */
public record FileCheck(String sha256, Verdict verdict) {
  /** What reading a file shows. */
  public enum Verdict {
    NEW,
    CHANGED,
    /** The bytes that were published. */
    SAME
  }

  /**
   * Reads the file.
   *
   * @throws ConvoyException NOT_TRUSTED when it has not the bytes that its name stands for
   */
  public static FileCheck of(Path outbox, DeliveryPlan.Item item) throws IOException {
    var path = item.file().path();
    String sha256 = FileDigest.sha256(outbox.resolve(path.text()));
    path.namedSha256()
        .filter(named -> !named.equals(sha256))
        .ifPresent(
            named -> {
              throw refused(path.text(), sha256, "that of its name");
            });
    if (item.before() == null) {
      return new FileCheck(sha256, Verdict.NEW);
    }
    if (item.before().sha256().equals(sha256)) {
      return new FileCheck(sha256, Verdict.SAME);
    }
    if (path.isFixed()) {
      throw refused(
          path.text(),
          sha256,
          "%s as it was published %s"
              .formatted(item.before().sha256(), item.before().publishedAt()));
    }
    return new FileCheck(sha256, Verdict.CHANGED);
  }

  private static ConvoyException refused(String path, String found, String expected) {
    return new ConvoyException(
        ErrorCode.NOT_TRUSTED,
        "%s: found SHA-256 %s, expected %s".formatted(path, found, expected));
  }
}
