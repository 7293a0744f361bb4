package convoy.data.status;

import convoy.data.campaign.RollbackRule;
import java.util.Map;
import java.util.function.Function;

/**
 * Whether a vehicle goes back after a failure that leads to no further attempt, and what follows
 * when its rollback fails.
 *
 * @param rule the campaign's
 * @param dispositions what each error code calls for; must answer for every code, unknown ones too
 */
public record RollbackPolicy(RollbackRule rule, Function<String, Disposition> dispositions) {
  /** The reason of a failure that leaves nothing to be rolled back. */
  private static final String NOTHING = "nothing of it is installed";

  /**
   * What follows.
   *
   * @param decided what the retries say
   * @param failure the result of all events, FAILED
   * @param before for each module, the version that it had before the campaign
   */
  public RetryDecision decide(
      RetryDecision decided, String errorCode, FoldResult failure, Map<String, String> before) {
    if (decided.state() != AssignmentState.FAILED || !rule.applies(errorCode)) {
      return decided;
    }
    if (dispositions.apply(errorCode) == Disposition.WORKSHOP) {
      return new RetryDecision(AssignmentState.SERVICE_REQUIRED, null, decided.reason());
    }
    return hasChanged(failure, before)
        ? new RetryDecision(
            AssignmentState.ROLLBACK_DUE,
            null,
            decided.reason() + ", so what is installed of it is rolled back")
        : new RetryDecision(AssignmentState.FAILED, null, decided.reason() + "; " + NOTHING);
  }

  /**
   * What follows a rollback that failed: it is tried again by the campaign's retries, like the
   * update, and counts its own attempts.
   *
   * @param decided what the retries say of it
   */
  public static RetryDecision again(RetryDecision decided) {
    return decided.state() == AssignmentState.RETRY_DUE
        ? new RetryDecision(AssignmentState.ROLLBACK_DUE, decided.dueAt(), decided.reason())
        : new RetryDecision(
            AssignmentState.SERVICE_REQUIRED, null, "its rollback failed: " + decided.reason());
  }

  /**
   * Whether a module may run something else than before the campaign: it has the update, or failed
   * with another version than before, or without saying which.
   */
  static boolean hasChanged(FoldResult result, Map<String, String> before) {
    return result.modules().entrySet().stream()
        .anyMatch(
            module ->
                switch (module.getValue().state()) {
                  case INSTALLED -> true;
                  case FAILED ->
                      !String.valueOf(before.get(module.getKey()))
                          .equals(module.getValue().reportedVersion());
                  default -> false;
                });
  }
}
