package convoy.data.status;

/** Why an event does not count for an assignment. */
public enum IgnoredReason {
  /** The same event again. */
  DUPLICATE,
  /** Another event with the same id; the one that counts is chosen by content, not by arrival. */
  CONFLICT,
  /** It belongs to another vehicle or campaign. */
  OTHER_ASSIGNMENT,
  /** The module is not a target of this assignment. */
  UNKNOWN_MODULE,
  /** It names an attempt that was never issued. */
  UNKNOWN_ATTEMPT,
  /** Its manifest version is not the one that its attempt was issued with. */
  OTHER_VERSION
}
