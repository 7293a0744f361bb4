package convoy.data.status;

/** What a vehicle says of one module in one attempt. */
public enum ReportedState {
  RECEIVED,
  DOWNLOADING,
  DOWNLOADED,
  INSTALLING,
  /** Installed and started; believed only with the version that the manifest names. */
  INSTALLED,
  FAILED,
  /** The owner said no. */
  DECLINED
}
