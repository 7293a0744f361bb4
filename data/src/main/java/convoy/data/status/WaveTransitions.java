package convoy.data.status;

import java.util.Map;
import java.util.Optional;

/** The allowed moves of a wave; docs/states.md shows the same table. */
public final class WaveTransitions {
  private static final Map<WaveState, Map<WaveTrigger, WaveState>> MOVES =
      Map.of(
          WaveState.PLANNED, Map.of(WaveTrigger.RELEASE, WaveState.RELEASED),
          WaveState.RELEASED,
              Map.of(WaveTrigger.SUCCEED, WaveState.SUCCEEDED, WaveTrigger.HALT, WaveState.HALTED),
          WaveState.SUCCEEDED, Map.of(),
          WaveState.HALTED, Map.of(WaveTrigger.RESUME, WaveState.RELEASED));

  private WaveTransitions() {}

  /** The state that the trigger leads to, or empty when it must not happen in that state. */
  public static Optional<WaveState> next(WaveState from, WaveTrigger trigger) {
    return Optional.ofNullable(MOVES.get(from)).map(moves -> moves.get(trigger));
  }
}
