package convoy.data.campaign;

/** What becomes of issued manifests when a campaign's end comes. */
public enum EndAct {
  /** They run out by themselves. */
  STOP,
  /** Those on which the vehicle has reported nothing are taken back. */
  WITHDRAW_UNBEGUN,
  /** All that a vehicle may still act on are taken back. */
  WITHDRAW_OPEN
}
