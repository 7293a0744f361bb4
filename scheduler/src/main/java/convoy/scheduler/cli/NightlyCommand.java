package convoy.scheduler.cli;

import convoy.scheduler.launch.ConvoyContext;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "nightly",
    description = {
      "Runs the nightly flow now: import, register, reconcile, match, plan, issue, report.",
      "A run that was cut off is taken up where it stopped."
    })
final class NightlyCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Override
  public Integer call() {
    try (ConvoyContext context = options.context(Clock.systemUTC())) {
      return RunEnding.exitStatus(context.runs().nightly(), options.console());
    }
  }
}
