package convoy.scheduler.cli;

import convoy.data.trust.Permission;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.ConvoyContext;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "nightly",
    description = {
      "Runs the nightly flow now: import, register, reconcile, match, plan, issue, publish where convoy.yaml says so, report.",
      "A run that was cut off is taken up where it stopped."
    })
final class NightlyCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();

  @Override
  public Integer call() {
    Actor operator = actor.prove(options, Permission.RUN_JOBS);
    try (ConvoyContext context = options.context(Clock.systemUTC(), operator)) {
      // Where signals cannot be caught the process ends at once, which a next run bears as well.
      boolean caught = StopSignals.onFirst(context.runs()::stop);
      LoggerFactory.getLogger(NightlyCommand.class).info("stop signals are caught: {}", caught);
      return RunEnding.exitStatus(context.runs().nightly(), options.console());
    }
  }
}
