package convoy.data.status;

/** What an error code of a vehicle calls for. */
public enum Disposition {
  /** It may pass: try again later. */
  RETRY,
  /** It will not pass by itself: a new attempt would fail again. */
  PERMANENT,
  /** Someone must look at the vehicle. */
  WORKSHOP
}
