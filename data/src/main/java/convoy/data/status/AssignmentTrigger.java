package convoy.data.status;

/** What moves an assignment from one state to another. */
public enum AssignmentTrigger {
  /** A manifest for it was written to the outbox. */
  ISSUE,
  /** A campaign that goes first holds one of its ECUs. */
  CONFLICT,
  /** No campaign holds its ECUs any more. */
  CONFLICT_OVER,
  /** No outcome within the campaign's deadline. */
  DEADLINE,
  /** The manifest's own time ran out. */
  EXPIRY,
  /** The retry policy grants a new attempt. */
  RETRY,
  CANCEL,
  SUPERSEDE,
  /** The campaign's definition or a person says that the vehicle goes back. */
  ROLL_BACK,
  /** A manifest that names earlier images was written to the outbox. */
  ROLLBACK_ISSUE,
  /** Every ECU that was to go back runs the version from before by now. */
  BACK_ALREADY,
  /** There is no way back, or the failure calls for a workshop. */
  SERVICE,
  /** All events together tell nothing of the current attempt. */
  NO_REPORT,
  /** All events together show the current attempt under way. */
  REPORTED_PROGRESS,
  /** All events together show every module with the version that the manifest names. */
  REPORTED_INSTALLED,
  /** All events together show that every module has done what a download-only campaign asks. */
  REPORTED_DOWNLOADED,
  /** All events together show a failure in the current attempt. */
  REPORTED_FAILED,
  /** All events together show that the owner said no, and was asked. */
  REPORTED_DECLINED,
  /** All events of the rollback together show no outcome of it. */
  NO_ROLLBACK_OUTCOME,
  /** All events of the rollback together show every module with its earlier version. */
  REPORTED_ROLLED_BACK,
  /** All events of the rollback together show a failure of it. */
  REPORTED_ROLLBACK_FAILED;

  /**
   * The trigger for what {@link AssignmentFold} made of all events of an assignment.
   *
   * @throws IllegalArgumentException for a state that no fold gives
   */
  public static AssignmentTrigger of(FoldResult result) {
    return switch (result.state()) {
      case ISSUED -> NO_REPORT;
      case IN_PROGRESS -> REPORTED_PROGRESS;
      case INSTALLED -> REPORTED_INSTALLED;
      case DOWNLOADED -> REPORTED_DOWNLOADED;
      case FAILED -> REPORTED_FAILED;
      case DECLINED -> REPORTED_DECLINED;
      default -> throw new IllegalArgumentException("no fold gives " + result.state());
    };
  }
}
