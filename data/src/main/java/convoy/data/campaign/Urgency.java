package convoy.data.campaign;

/** Whether a campaign may wait for the nightly run. */
public enum Urgency {
  /** Rolled out at once, before every scheduled campaign. */
  IMMEDIATE,
  /** Rolled out by the nightly run. */
  SCHEDULED
}
