package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.data.duckdb.Campaigns;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Permission;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.ConvoyContext;
import convoy.scheduler.launch.StoreReader;
import convoy.scheduler.quartz.RunningScheduler;
import java.time.Clock;
import java.time.Duration;
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
  @Mixin private ActorOptions actor = new ActorOptions();

  @Parameters(paramLabel = "CAMPAIGN", description = "The campaign's id.")
  private String campaign = "";

  @Override
  public Integer call() {
    Actor operator = actor.prove(options, Permission.RUN_JOBS);
    Home home = options.existing();
    if (RunningScheduler.isRunning(home)) {
      requireCampaign(home);
      RunningScheduler.handOverUrgent(home, options.settings(home), campaign);
      options
          .console()
          .line(
              "handed %s over to the running scheduler, before its other work; see ./convoy campaign status %s"
                  .formatted(campaign, campaign));
      return 0;
    }
    try (ConvoyContext context = options.context(Clock.systemUTC(), operator)) {
      return RunEnding.exitStatus(context.runs().urgent(campaign), options.console());
    }
  }

  /**
   * Refuses an unknown campaign here, where a person sees it; a job that holds the store is not
   * waited for.
   */
  private void requireCampaign(Home home) {
    try {
      StoreReader.read(
          home,
          options.settings(home),
          Duration.ofSeconds(1),
          options.console(),
          "urgent " + campaign,
          store -> Campaigns.require(store, campaign));
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.STORE_TAKEN) {
        throw e;
      }
      options
          .console()
          .line("the store is taken, so the scheduler itself will look for " + campaign);
    }
  }
}
