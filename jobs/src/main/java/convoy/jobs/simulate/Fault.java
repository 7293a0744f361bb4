package convoy.jobs.simulate;

import convoy.data.status.ReportedState;

/** Why a simulated vehicle fails; the name is the error code that it reports. */
public enum Fault {
  /** The manifest does not hold; see {@link convoy.data.manifest.Refusal} for this and the next. */
  MANIFEST_REFUSED(ReportedState.RECEIVED),
  MANIFEST_EXPIRED(ReportedState.RECEIVED),
  ECU_UNKNOWN(ReportedState.RECEIVED),
  DOWNLOAD_FAILED(ReportedState.DOWNLOADING),
  LOW_BATTERY(ReportedState.DOWNLOADED),
  NOT_PARKED(ReportedState.DOWNLOADED),
  /** The key package does not open, or what comes out does not open the image. */
  KEY_PACKAGE_REFUSED(ReportedState.DOWNLOADED),
  VERIFY_FAILED(ReportedState.DOWNLOADED),
  WRONG_HARDWARE(ReportedState.DOWNLOADED),
  POWER_LOSS(ReportedState.INSTALLING),
  FLASH_FAILED(ReportedState.INSTALLING),
  /** The ECU no longer tells its version either. */
  ECU_UNRESPONSIVE(ReportedState.INSTALLING);

  private final ReportedState lastProgress;

  Fault(ReportedState lastProgress) {
    this.lastProgress = lastProgress;
  }

  /** As the vehicle reports it. */
  Failure failure() {
    return new Failure(name(), lastProgress, this == ECU_UNRESPONSIVE);
  }
}
