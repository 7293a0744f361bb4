package convoy.data.status;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a gate decided, and why.
 *
 * @param explanation one line with the numbers, for a person
 * @param pauses of PAUSE, the failures in each part that calls for it; else empty
 * @param worst the group with the highest share of failures among those that are judged; null where
 *     there is none
 * @param successSince since when the wave has had its success without a break; null: it has not
 */
public record GateDecision(
    Verdict verdict,
    String explanation,
    GateNumbers numbers,
    Map<String, Long> pauses,
    @Nullable WorstGroup worst,
    @Nullable Instant successSince) {

  /** What happens to the campaign. */
  public enum Verdict {
    /** The next wave is released. */
    ADVANCE,
    /** Nothing happens until more is known. */
    HOLD,
    /** The campaign pauses until a person resumes it. */
    PAUSE,
    /** The campaign ends. */
    ABORT
  }

  /**
   * A group of a wave's vehicles.
   *
   * @param part such as {@code model Aldera}
   * @param failures as the gate counts them
   * @param outcomes vehicles of it with an outcome
   */
  public record WorstGroup(String part, long failures, long outcomes) {}

  public GateDecision {
    pauses = Collections.unmodifiableMap(new TreeMap<>(pauses));
  }
}
