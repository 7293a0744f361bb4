package convoy.data.trust;

/** What an operator is trusted with (docs/operators.md). */
public enum Role {
  /** Registers updates. */
  ENGINEER,
  /** Submits and steers campaigns. */
  CAMPAIGN_MANAGER,
  /** Approves campaigns of others, or sends them back. */
  APPROVER,
  /** Runs jobs. */
  OPERATOR,
  /** Reads; changes nothing. */
  AUDITOR,
  /** Signs who may do what. */
  ADMINISTRATOR
}
