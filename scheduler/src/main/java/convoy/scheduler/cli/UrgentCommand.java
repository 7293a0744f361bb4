package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.scheduler.launch.CampaignActs;
import convoy.scheduler.launch.ConvoyContext;
import convoy.scheduler.quartz.RunningScheduler;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "urgent",
    description = {
      "Matches, plans and issues one campaign now.",
      "Where a scheduler runs, the launch is handed over to it and goes before the next job of a nightly run."
    })
final class UrgentCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Parameters(paramLabel = "CAMPAIGN", description = "The campaign's id.")
  private String campaign = "";

  @Override
  public Integer call() {
    Home home = options.existing();
    if (RunningScheduler.isRunning(home)) {
      RunningScheduler.handOverUrgent(home, options.settings(home), campaign);
      options
          .console()
          .line(
              "handed %s over to the running scheduler, before its other work; see ./convoy campaign show %s"
                  .formatted(campaign, campaign));
      return 0;
    }
    options.read("urgent " + campaign, store -> CampaignActs.find(store, campaign));
    try (ConvoyContext context = options.context(Clock.systemUTC())) {
      return RunEnding.exitStatus(context.runs().urgent(campaign), options.console());
    }
  }
}
