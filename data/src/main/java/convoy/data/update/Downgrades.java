package convoy.data.update;

/** Whether an update may take a module back to an earlier version. */
public enum Downgrades {
  NEVER,
  ALLOWED
}
