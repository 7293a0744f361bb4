package convoy.data.preview;

import java.util.List;

/**
 * What differs between two previews of a campaign, vehicle by vehicle.
 *
 * @param joining vehicles that only the second has
 * @param leaving vehicles that only the first has
 * @param causes why; a vehicle with two reasons counts under each
 * @param moves vehicles that both have, in other waves
 */
public record PreviewChange(
    CampaignPreview before,
    CampaignPreview after,
    long joining,
    long leaving,
    List<Cause> causes,
    List<Move> moves) {
  public PreviewChange {
    causes = List.copyOf(causes);
    moves = List.copyOf(moves);
  }

  /** What vehicles do from the first preview to the second. */
  public enum Direction {
    /** Not eligible before, for the reason. */
    JOIN,
    /** No longer eligible, for the reason. */
    LEAVE
  }

  /**
   * Vehicles that join or leave for one reason.
   *
   * @param reason a {@link convoy.data.eligibility.Reason}, or NOT_IN_FLEET where the other preview
   *     has no such vehicle
   */
  public record Cause(Direction direction, String reason, long vehicles, List<String> sampleVins) {}

  /** Vehicles that are in another wave. */
  public record Move(int fromWave, int toWave, long vehicles, List<String> sampleVins) {}
}
