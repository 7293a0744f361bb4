package convoy.data.vehicle;

/** What follows when a row breaks a rule. */
public enum Severity {
  /** The row goes to quarantine. */
  ERROR,
  /** The row is kept, and what was found is listed. */
  WARN,
  /** The rule is not applied. */
  OFF
}
