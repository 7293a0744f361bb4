package convoy.data.campaign;

/** Whether vehicles that become eligible after the waves were planned still get the update. */
public enum Membership {
  /** They join the last wave while it is open. */
  OPEN,
  /** The plan keeps the vehicles that it was made with. */
  FIXED
}
