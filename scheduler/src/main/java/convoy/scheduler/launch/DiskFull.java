package convoy.scheduler.launch;

import java.util.List;
import java.util.Optional;

/**
 * Failures that mean a disk is full. DuckDB, H2 and Java each wrap what the operating system said,
 * so it is looked for in the texts of all causes.
 */
public final class DiskFull {
  // ENOSPC, EDQUOT and EFBIG of POSIX; the last is Windows'.
  private static final List<String> SIGNS =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "File too large",
          "There is not enough space on the disk");

  private DiskFull() {}

  /** What to tell the person who can make room, when the failure means that a disk is full. */
  public static Optional<String> explained(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (SIGNS.stream().anyMatch(message::contains)) {
        return Optional.of(
            ("the disk is full (%s): expected room to write; make some and run the same command"
                    + " again: it goes on where it stopped, and nothing is half taken over")
                .formatted(deepest(cause)));
      }
    }
    return Optional.empty();
  }

  /** The innermost text that says so and names the file. */
  private static String deepest(Throwable outer) {
    String best = String.valueOf(outer.getMessage());
    for (Throwable cause = outer.getCause(); cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      boolean says = SIGNS.stream().anyMatch(message::contains);
      if (says && message.indexOf('/') >= 0) {
        best = message;
      }
    }
    return best;
  }
}
