package convoy.data.status;

/**
 * Where one vehicle stands in one campaign; docs/states.md says what each state waits for. Stored
 * as text.
 */
public enum AssignmentState {
  /** In a wave; no manifest yet. */
  PLANNED(Kind.UNISSUED),
  /** A competing campaign goes first. */
  WAITING(Kind.UNISSUED),
  /** The manifest of the current attempt is out; nothing heard yet. */
  ISSUED(Kind.OPEN),
  /** The vehicle has reported on the current attempt, without an outcome. */
  IN_PROGRESS(Kind.OPEN),
  /** Past its deadline; the manifest still holds, so a late report still counts. */
  SILENT(Kind.OPEN),
  /** Failed; a new attempt is due at a set time. */
  RETRY_DUE(Kind.OPEN),
  /** It is to go back to the versions from before, or to try so again at a set time. */
  ROLLBACK_DUE(Kind.OPEN),
  /** A manifest that names the earlier images is out; its outcome is awaited. */
  ROLLBACK_ISSUED(Kind.OPEN),
  /** Every module runs the version that the manifest names. */
  INSTALLED(Kind.TERMINAL),
  /** Every module's image is in the vehicle, of which the campaign installs nothing. */
  DOWNLOADED(Kind.TERMINAL),
  /** Failed, and no retry is due. */
  FAILED(Kind.TERMINAL),
  /** Every ECU that had changed runs the version from before again. */
  ROLLED_BACK(Kind.TERMINAL),
  /** It cannot go back, or what it reported calls for it: a workshop must look at it. */
  SERVICE_REQUIRED(Kind.TERMINAL),
  /** The owner said no. */
  DECLINED(Kind.TERMINAL),
  /** The manifest ran out without an outcome. */
  EXPIRED(Kind.TERMINAL),
  /** A person, the campaign's abort or its end ended it. */
  CANCELLED(Kind.TERMINAL),
  /** A later campaign took its place. */
  SUPERSEDED(Kind.TERMINAL);

  private enum Kind {
    UNISSUED,
    OPEN,
    TERMINAL
  }

  private final Kind kind;

  AssignmentState(Kind kind) {
    this.kind = kind;
  }

  /** Whether the vehicle may still act on it: it holds its ECUs against other campaigns. */
  public boolean isOpen() {
    return kind == Kind.OPEN;
  }

  /**
   * Whether the campaign waits for nothing more. A late report may still correct a terminal state,
   * other than SUPERSEDED.
   */
  public boolean isTerminal() {
    return kind == Kind.TERMINAL;
  }
}
