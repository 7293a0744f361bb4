package convoy.scheduler.launch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one job ended.
 *
 * @param summary what it read, wrote and refused, one or more lines
 * @param refusals inputs that it refused
 * @param left inputs that wait for someone to confirm them
 * @param distrusted whether it stopped a campaign that it could not trust
 * @param failure why it failed, null when it did its work
 */
public record JobResult(
    String job,
    String summary,
    long refusals,
    long left,
    boolean distrusted,
    Duration took,
    @Nullable String failure) {
  private static final String DONE_BEFORE = "done before the run was cut off";

  /** A job whose work an earlier execution of the same run had done. */
  static JobResult doneBefore(String job) {
    return new JobResult(job, DONE_BEFORE, 0, 0, false, Duration.ZERO, null);
  }

  /** Whether it did nothing, because an earlier execution of the run had done its work. */
  boolean wasDoneBefore() {
    return summary.equals(DONE_BEFORE);
  }

  public boolean isFailed() {
    return failure != null;
  }
}
