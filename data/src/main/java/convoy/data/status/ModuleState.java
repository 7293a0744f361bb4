package convoy.data.status;

/** What all events together say of one module of an assignment. */
public enum ModuleState {
  /** Nothing heard in the current attempt. */
  PENDING,
  IN_PROGRESS,
  /** The ECU reported the version that the manifest names, and no other since. */
  INSTALLED,
  /** The image is in the vehicle; nothing more was asked for. */
  DOWNLOADED,
  FAILED,
  DECLINED
}
