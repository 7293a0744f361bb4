package convoy.scheduler.cli;

import convoy.data.error.ErrorCode;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.NightlyRun;

/** What a run's end means for the command that started it. */
final class RunEnding {
  private RunEnding() {}

  static int exitStatus(NightlyRun.Outcome outcome, Console console) {
    if (!outcome.isDone()) {
      console.problem("convoy: the run stopped; running it again goes on from there");
      return ErrorCode.JOB_FAILED.exitStatus();
    }
    if (!outcome.isDelivered()) {
      console.problem(
          "convoy: not all was published; nothing is lost: the next run that publishes, or"
              + " ./convoy manifest publish, goes on from there");
    }
    if (outcome.isDistrusted()) {
      return ErrorCode.NOT_TRUSTED.exitStatus();
    }
    if (!outcome.isDelivered()) {
      return ErrorCode.JOB_FAILED.exitStatus();
    }
    if (outcome.refusals() > 0) {
      console.problem(
          "convoy: refused inputs: %d; see the lines above".formatted(outcome.refusals()));
      return ErrorCode.INPUT_REFUSED.exitStatus();
    }
    return 0;
  }
}
