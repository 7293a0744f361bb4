package convoy.data.trust;

import java.util.Set;

/** What changes something, and who may do it (docs/operators.md). */
public enum Permission {
  REGISTER_UPDATE,
  WITHDRAW_UPDATE,
  CREATE_CAMPAIGN,
  SUBMIT_CAMPAIGN,
  APPROVE_CAMPAIGN,
  CONTROL_CAMPAIGN,
  RUN_JOBS,
  RESUBMIT_ROWS,
  RETIRE_VEHICLES,
  CHANGE_OPERATORS,
  CHANGE_KEYS;

  /** The roles of which one is enough. */
  public Set<Role> roles() {
    return switch (this) {
      case REGISTER_UPDATE, WITHDRAW_UPDATE -> Set.of(Role.ENGINEER);
      case CREATE_CAMPAIGN, SUBMIT_CAMPAIGN -> Set.of(Role.CAMPAIGN_MANAGER);
      case APPROVE_CAMPAIGN -> Set.of(Role.APPROVER);
      case CONTROL_CAMPAIGN -> Set.of(Role.CAMPAIGN_MANAGER, Role.OPERATOR);
      case RUN_JOBS, RESUBMIT_ROWS, RETIRE_VEHICLES -> Set.of(Role.OPERATOR);
      case CHANGE_OPERATORS, CHANGE_KEYS -> Set.of(Role.ADMINISTRATOR);
    };
  }
}
