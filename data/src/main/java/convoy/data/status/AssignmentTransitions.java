package convoy.data.status;

import static convoy.data.status.AssignmentState.CANCELLED;
import static convoy.data.status.AssignmentState.DECLINED;
import static convoy.data.status.AssignmentState.DOWNLOADED;
import static convoy.data.status.AssignmentState.EXPIRED;
import static convoy.data.status.AssignmentState.FAILED;
import static convoy.data.status.AssignmentState.INSTALLED;
import static convoy.data.status.AssignmentState.IN_PROGRESS;
import static convoy.data.status.AssignmentState.ISSUED;
import static convoy.data.status.AssignmentState.PLANNED;
import static convoy.data.status.AssignmentState.RETRY_DUE;
import static convoy.data.status.AssignmentState.ROLLBACK_DUE;
import static convoy.data.status.AssignmentState.ROLLBACK_ISSUED;
import static convoy.data.status.AssignmentState.ROLLED_BACK;
import static convoy.data.status.AssignmentState.SERVICE_REQUIRED;
import static convoy.data.status.AssignmentState.SILENT;
import static convoy.data.status.AssignmentState.SUPERSEDED;
import static convoy.data.status.AssignmentState.WAITING;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The allowed moves of an assignment; docs/states.md shows the same table. Reports move it by what
 * all its events say together, so the order in which they arrive leaves no trace.
 */
public final class AssignmentTransitions {
  private AssignmentTransitions() {}

  /** The state that the trigger leads to, or empty when it must not happen in that state. */
  public static Optional<AssignmentState> next(AssignmentState from, AssignmentTrigger trigger) {
    return Optional.ofNullable(movesFrom(from).get(trigger));
  }

  private static Map<AssignmentTrigger, AssignmentState> movesFrom(AssignmentState from) {
    Map<AssignmentTrigger, AssignmentState> moves = new EnumMap<>(AssignmentTrigger.class);
    switch (from) {
      case PLANNED -> {
        moves.put(AssignmentTrigger.ISSUE, ISSUED);
        moves.put(AssignmentTrigger.CONFLICT, WAITING);
        endable(moves);
      }
      case WAITING -> {
        moves.put(AssignmentTrigger.CONFLICT_OVER, PLANNED);
        endable(moves);
      }
      case ISSUED, IN_PROGRESS -> {
        reports(moves, ISSUED, IN_PROGRESS, FAILED, DECLINED);
        moves.put(AssignmentTrigger.DEADLINE, SILENT);
        moves.put(AssignmentTrigger.EXPIRY, EXPIRED);
        endable(moves);
      }
      case SILENT -> {
        reports(moves, SILENT, IN_PROGRESS, FAILED, DECLINED);
        moves.put(AssignmentTrigger.EXPIRY, EXPIRED);
        endable(moves);
      }
      case RETRY_DUE -> {
        reports(moves, ISSUED, IN_PROGRESS, RETRY_DUE, DECLINED);
        moves.put(AssignmentTrigger.ISSUE, ISSUED);
        moves.put(AssignmentTrigger.ROLL_BACK, ROLLBACK_DUE);
        endable(moves);
      }
      case DOWNLOADED -> reports(moves, ISSUED, IN_PROGRESS, FAILED, DECLINED);
      case INSTALLED, DECLINED -> {
        reports(moves, ISSUED, IN_PROGRESS, FAILED, DECLINED);
        moves.put(AssignmentTrigger.ROLL_BACK, ROLLBACK_DUE);
      }
      case FAILED -> {
        reports(moves, ISSUED, IN_PROGRESS, FAILED, DECLINED);
        moves.put(AssignmentTrigger.RETRY, RETRY_DUE);
        moves.put(AssignmentTrigger.ROLL_BACK, ROLLBACK_DUE);
        moves.put(AssignmentTrigger.SERVICE, SERVICE_REQUIRED);
      }
      // An outcome that was on its way when the manifest ran out is still the truth.
      case EXPIRED -> {
        reports(moves, EXPIRED, EXPIRED, FAILED, DECLINED);
        moves.put(AssignmentTrigger.ROLL_BACK, ROLLBACK_DUE);
      }
      // So is one that was on its way when the manifest was withdrawn.
      case CANCELLED -> {
        reports(moves, CANCELLED, CANCELLED, FAILED, DECLINED);
        moves.put(AssignmentTrigger.ROLL_BACK, ROLLBACK_DUE);
      }
      // Reports are kept as facts about the ECUs, but no longer count for this campaign.
      case SUPERSEDED -> {
        reports(moves, from, from, from, from);
        moves.put(AssignmentTrigger.REPORTED_INSTALLED, from);
        moves.put(AssignmentTrigger.REPORTED_DOWNLOADED, from);
      }
      // Until the vehicle is told to go back, what it says of the update counts; then its
      // rollbacks.
      case ROLLBACK_DUE -> {
        reports(moves, ISSUED, IN_PROGRESS, ROLLBACK_DUE, DECLINED);
        rollbackReports(moves, ROLLBACK_DUE);
        moves.put(AssignmentTrigger.ROLLBACK_ISSUE, ROLLBACK_ISSUED);
        moves.put(AssignmentTrigger.BACK_ALREADY, ROLLED_BACK);
        moves.put(AssignmentTrigger.SERVICE, SERVICE_REQUIRED);
      }
      case ROLLBACK_ISSUED -> {
        rollbackReports(moves, SERVICE_REQUIRED);
        moves.put(AssignmentTrigger.EXPIRY, SERVICE_REQUIRED);
      }
      case ROLLED_BACK -> {
        reports(moves, ISSUED, IN_PROGRESS, ROLLED_BACK, DECLINED);
        rollbackReports(moves, SERVICE_REQUIRED);
        moves.put(AssignmentTrigger.RETRY, ROLLBACK_DUE);
      }
      case SERVICE_REQUIRED -> {
        reports(moves, ISSUED, IN_PROGRESS, SERVICE_REQUIRED, DECLINED);
        rollbackReports(moves, SERVICE_REQUIRED);
        moves.put(AssignmentTrigger.RETRY, ROLLBACK_DUE);
        moves.put(AssignmentTrigger.ROLL_BACK, ROLLBACK_DUE);
      }
    }
    return moves;
  }

  private static void reports(
      Map<AssignmentTrigger, AssignmentState> moves,
      AssignmentState none,
      AssignmentState progress,
      AssignmentState failed,
      AssignmentState declined) {
    moves.put(AssignmentTrigger.NO_REPORT, none);
    moves.put(AssignmentTrigger.REPORTED_PROGRESS, progress);
    moves.put(AssignmentTrigger.REPORTED_INSTALLED, INSTALLED);
    moves.put(AssignmentTrigger.REPORTED_DOWNLOADED, DOWNLOADED);
    moves.put(AssignmentTrigger.REPORTED_FAILED, failed);
    moves.put(AssignmentTrigger.REPORTED_DECLINED, declined);
  }

  private static void rollbackReports(
      Map<AssignmentTrigger, AssignmentState> moves, AssignmentState failed) {
    moves.put(AssignmentTrigger.NO_ROLLBACK_OUTCOME, ROLLBACK_ISSUED);
    moves.put(AssignmentTrigger.REPORTED_ROLLED_BACK, ROLLED_BACK);
    moves.put(AssignmentTrigger.REPORTED_ROLLBACK_FAILED, failed);
  }

  private static void endable(Map<AssignmentTrigger, AssignmentState> moves) {
    moves.put(AssignmentTrigger.CANCEL, CANCELLED);
    moves.put(AssignmentTrigger.SUPERSEDE, SUPERSEDED);
  }
}
