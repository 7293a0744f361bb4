package convoy.data.eligibility;

import convoy.data.campaign.OwnerConsent;
import convoy.data.status.AssignmentState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where one vehicle stands in one campaign.
 *
 * @param state the campaign's state, with the reason for it
 * @param waitsForStart whether a person has to start the campaign, and nobody has
 * @param hasEnded whether its end has come: it issues nothing more
 * @param consent what its manifests say of the owner
 * @param assignment null when the campaign has not planned the vehicle
 */
public record Standing(
    String campaign,
    String title,
    String update,
    String urgency,
    int priority,
    String state,
    @Nullable String stateReason,
    boolean waitsForStart,
    boolean hasEnded,
    OwnerConsent consent,
    @Nullable Assigned assignment) {

  /**
   * The vehicle among those that the campaign planned.
   *
   * @param waveReleased whether its wave is RELEASED now; neither before nor once its gate closed
   *     it
   * @param attempt 0 before the first
   * @param manifestVersion of the latest attempt
   * @param dueAt when it is tried again
   * @param deadlineAt when it counts as silent
   * @param waitingFor the campaign that goes first
   * @param waitingOver the modules over which it waits; null where it waits for none, or because
   *     two modules are one ECU
   * @param refusal why it is not told to go back, or not told so once more; null where nothing was
   *     refused
   */
  public record Assigned(
      AssignmentState state,
      int wave,
      String waveName,
      boolean waveReleased,
      int attempt,
      @Nullable Long manifestVersion,
      @Nullable Instant dueAt,
      @Nullable Instant deadlineAt,
      @Nullable String waitingFor,
      @Nullable String waitingOver,
      @Nullable String errorCode,
      @Nullable String failedModule,
      @Nullable String reason,
      Instant since,
      @Nullable String refusal) {}
}
