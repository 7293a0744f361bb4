package convoy.data.vehicle;

/** Whether an export tells of everything that its plant knows, or of what changed. */
public enum ExportContent {
  /** Every vehicle or ECU of the plant stands in it; said by a profile alone, never guessed. */
  FULL,
  /** It tells of the rows that it has, and nothing of those that it has not. */
  DELTA
}
