package convoy.data.status;

/** Where a wave stands (docs/states.md). */
public enum WaveState {
  PLANNED,
  RELEASED,
  SUCCEEDED,
  HALTED
}
