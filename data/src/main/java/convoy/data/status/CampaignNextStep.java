package convoy.data.status;

import java.util.List;
import java.util.Optional;

/** What happens next to a campaign, as a sentence for people. */
public final class CampaignNextStep {
  private CampaignNextStep() {}

  /** A wave and where it stands. */
  public record Wave(int wave, WaveState state) {}

  /**
   * @param author who may not approve it
   * @param waitsForStart whether it has start: MANUAL and nobody has started it
   * @param hasEnded whether its end has come
   * @param waves its waves, in order; none while they are not planned
   */
  public static String of(
      String campaign,
      CampaignState state,
      String author,
      boolean waitsForStart,
      boolean hasEnded,
      List<Wave> waves) {
    if (hasEnded && state != CampaignState.COMPLETED && state != CampaignState.ABORTED) {
      return "it has ended and is completed once no vehicle may still act; reports still count";
    }
    return switch (state) {
      case DRAFT -> author + " submits it for approval";
      case SUBMITTED ->
          "someone other than %s approves it: ./convoy campaign approve %s --by NAME"
              .formatted(author, campaign);
      case APPROVED ->
          waitsForStart
              ? "a person starts it: ./convoy campaign start %s --by NAME".formatted(campaign)
              : "the next run plans its waves and releases the first";
      case RUNNING -> running(waves);
      case PAUSED ->
          "nothing is issued until a person resumes it (./convoy campaign resume %s --by NAME) or"
                  .formatted(campaign)
              + " aborts it; reports still count";
      case COMPLETED, ABORTED -> "nothing";
    };
  }

  private static String running(List<Wave> waves) {
    Optional<Wave> released =
        waves.stream().filter(w -> w.state() == WaveState.RELEASED).findFirst();
    return released
        .map(w -> "the gate of wave %d decides after the next reconciliation".formatted(w.wave()))
        .orElse("it is completed once no vehicle may still act or is to be tried again");
  }
}
