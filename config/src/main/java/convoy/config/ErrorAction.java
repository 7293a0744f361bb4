package convoy.config;

/** What follows when a vehicle reports an error code. */
public enum ErrorAction {
  /** The update is tried again, as often as the campaign allows. */
  RETRY,
  /** Trying again cannot help. */
  PERMANENT,
  /** The vehicle must be seen by a workshop. */
  WORKSHOP
}
