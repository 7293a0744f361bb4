package convoy.data.error;

/**
 * What went wrong, as one code with the exit status of the command that meets it
 * (docs/exit-status.md).
 */
public enum ErrorCode {
  /** A job ended without doing its work; a restart goes on from where it stopped. */
  JOB_FAILED(1),
  /** The command line names something that does not exist or does not fit. */
  USAGE(2),
  /** convoy.yaml, or the home folder itself, is not as it must be. */
  CONFIGURATION(3),
  /** An input file or definition was refused; nothing of it was taken over. */
  INPUT_REFUSED(4),
  /**
   * Another process holds the fleet store, or has such a run under way, and was not done in time.
   */
  STORE_TAKEN(5),
  /** A signature, hash or other proof does not hold. */
  NOT_TRUSTED(6);

  private final int exitStatus;

  ErrorCode(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  /** The process exit status, 1 to 6. */
  public int exitStatus() {
    return exitStatus;
  }
}
