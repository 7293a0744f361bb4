package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.update.DefinitionChecks;

/**
 * That so many vehicles with an error stop a campaign, whatever became of the others.
 *
 * @param code as vehicles report it, or Convoy names it
 * @param vehicles of the whole campaign, 1 or more
 */
public record StopOn(String code, long vehicles, Then then) {
  /** What happens to the campaign. */
  public enum Then {
    PAUSE,
    ABORT
  }

  public StopOn {
    DefinitionChecks.line("code", code);
    check(code.equals(code.strip()), "code", code, "text without outer spaces");
    check(vehicles >= 1, "vehicles", vehicles, "1 or more");
  }
}
