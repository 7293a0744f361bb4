package convoy.data.update;

/** Whether a vehicle needs a registered image of its present versions, to go back to. */
public enum WayBack {
  OPTIONAL,
  REQUIRED
}
