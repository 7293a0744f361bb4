package convoy.data.duckdb;

import convoy.data.status.WaveState;
import convoy.data.status.WaveTransitions;
import convoy.data.status.WaveTrigger;
import java.time.Instant;
import java.util.List;

/** The changes of waves' states. */
final class WaveMoves {
  private WaveMoves() {}

  /**
   * Moves one wave.
   *
   * @throws IllegalStateException when the trigger must not happen in the wave's state
   */
  static void move(Db db, String campaign, int wave, WaveTrigger trigger, Instant now) {
    WaveState before = state(db, campaign, wave);
    WaveState after =
        WaveTransitions.next(before, trigger)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "campaign %s wave %d is %s, which does not allow %s"
                            .formatted(campaign, wave, before, trigger)));
    db.text(
            "update wave set state = :state, closed_at = :closed,"
                + " released_at = coalesce(released_at, :released)"
                + " where campaign = :campaign and wave = :wave")
        .param("state", after.name())
        .param("closed", after == WaveState.RELEASED ? null : Db.utc(now))
        .param("released", after == WaveState.RELEASED ? Db.utc(now) : null)
        .param("campaign", campaign)
        .param("wave", wave)
        .update();
  }

  /** Releases a wave, if there is one of that number that was not released before. */
  static boolean releaseIfPlanned(Db db, String campaign, int wave, Instant now) {
    boolean isPlanned = in(db, campaign, WaveState.PLANNED).contains(wave);
    if (isPlanned) {
      move(db, campaign, wave, WaveTrigger.RELEASE, now);
    }
    return isPlanned;
  }

  /** Moves every wave of the campaign that is in that state. */
  static void moveAll(Db db, String campaign, WaveState from, WaveTrigger trigger, Instant now) {
    in(db, campaign, from).forEach(wave -> move(db, campaign, wave, trigger, now));
  }

  private static List<Integer> in(Db db, String campaign, WaveState state) {
    return db.text(
            "select wave from wave where campaign = :campaign and state = :state order by wave")
        .param("campaign", campaign)
        .param("state", state.name())
        .query(Integer.class)
        .list();
  }

  private static WaveState state(Db db, String campaign, int wave) {
    return WaveState.valueOf(
        db.text("select state from wave where campaign = :campaign and wave = :wave")
            .param("campaign", campaign)
            .param("wave", wave)
            .query(String.class)
            .single());
  }
}
