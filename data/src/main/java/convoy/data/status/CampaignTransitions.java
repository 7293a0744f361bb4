package convoy.data.status;

import static convoy.data.status.CampaignState.ABORTED;
import static convoy.data.status.CampaignState.APPROVED;
import static convoy.data.status.CampaignState.COMPLETED;
import static convoy.data.status.CampaignState.DRAFT;
import static convoy.data.status.CampaignState.PAUSED;
import static convoy.data.status.CampaignState.RUNNING;
import static convoy.data.status.CampaignState.SUBMITTED;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The allowed moves of a campaign; docs/states.md shows the same table. */
public final class CampaignTransitions {
  private static final Map<CampaignState, Map<CampaignTrigger, CampaignState>> MOVES =
      Map.of(
          DRAFT,
              Map.of(
                  CampaignTrigger.SUBMIT, SUBMITTED,
                  CampaignTrigger.WITHDRAW, PAUSED,
                  CampaignTrigger.ABORT, ABORTED),
          SUBMITTED,
              Map.of(
                  CampaignTrigger.APPROVE_IN_PART, SUBMITTED,
                  CampaignTrigger.APPROVE, APPROVED,
                  CampaignTrigger.SEND_BACK, DRAFT,
                  CampaignTrigger.WITHDRAW, PAUSED,
                  CampaignTrigger.ABORT, ABORTED),
          APPROVED,
              Map.of(
                  CampaignTrigger.SEND_BACK, DRAFT,
                  CampaignTrigger.RELEASE, RUNNING,
                  CampaignTrigger.PAUSE, PAUSED,
                  CampaignTrigger.WITHDRAW, PAUSED,
                  CampaignTrigger.ABORT, ABORTED,
                  CampaignTrigger.END, COMPLETED),
          RUNNING,
              Map.of(
                  CampaignTrigger.PAUSE, PAUSED,
                  CampaignTrigger.WITHDRAW, PAUSED,
                  CampaignTrigger.ABORT, ABORTED,
                  CampaignTrigger.COMPLETE, COMPLETED,
                  CampaignTrigger.END, COMPLETED),
          PAUSED,
              Map.of(
                  CampaignTrigger.WITHDRAW, PAUSED,
                  CampaignTrigger.RESUME, RUNNING,
                  CampaignTrigger.RESUME_UNPLANNED, APPROVED,
                  CampaignTrigger.ABORT, ABORTED,
                  CampaignTrigger.END, COMPLETED),
          COMPLETED, Map.of(),
          ABORTED, Map.of());

  private CampaignTransitions() {}

  /** The state that the trigger leads to, or empty when it must not happen in that state. */
  public static Optional<CampaignState> next(CampaignState from, CampaignTrigger trigger) {
    return Optional.ofNullable(MOVES.get(from)).map(moves -> moves.get(trigger));
  }

  /** The states in which the trigger may happen. */
  public static List<CampaignState> states(CampaignTrigger trigger) {
    return Arrays.stream(CampaignState.values())
        .filter(state -> next(state, trigger).isPresent())
        .toList();
  }
}
