package convoy.config;

/** What follows when a row breaks a rule; the domain's Severity by its name. */
public enum RuleSeverity {
  /** The row goes to quarantine. */
  ERROR,
  /** The row is kept, and what was found is listed. */
  WARN,
  /** The rule is not applied. */
  OFF
}
