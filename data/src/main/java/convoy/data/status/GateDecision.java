package convoy.data.status;

/**
 * What a gate decided, and why.
 *
 * @param explanation one sentence with the numbers, for a person
 */
public record GateDecision(Verdict verdict, String explanation, GateNumbers numbers) {

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
}
