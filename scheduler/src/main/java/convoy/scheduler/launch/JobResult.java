package convoy.scheduler.launch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one job ended.
 *
 * @param summary what it read, wrote and refused, one or more lines
 * @param refusals inputs that it refused
 * @param left inputs that wait for someone to confirm them
 * @param distrusted whether it stopped a campaign, or publishing, at what it could not trust
 * @param wasDoneBefore whether it did nothing, because an earlier execution of the run had done its
 *     work
 * @param failure why it failed, null when it did its work
 */
public record JobResult(
    String job,
    String summary,
    long refusals,
    long left,
    boolean distrusted,
    boolean wasDoneBefore,
    Duration took,
    @Nullable String failure) {
  /** A job whose work an earlier execution of the same run had done. */
  static JobResult doneBefore(String job) {
    return new JobResult(
        job, "done before the run was cut off", 0, 0, false, true, Duration.ZERO, null);
  }

  public boolean isFailed() {
    return failure != null;
  }
}
