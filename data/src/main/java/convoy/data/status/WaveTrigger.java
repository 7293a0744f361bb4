package convoy.data.status;

/** What moves a wave from one state to another. */
public enum WaveTrigger {
  /** The campaign starts, or the gate of the wave before says ADVANCE. */
  RELEASE,
  /** Its own gate says ADVANCE. */
  SUCCEED,
  /** Its campaign is paused or aborted. */
  HALT,
  /** Its campaign is resumed. */
  RESUME
}
