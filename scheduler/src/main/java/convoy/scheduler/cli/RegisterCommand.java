package convoy.scheduler.cli;

import convoy.data.trust.Permission;
import convoy.jobs.registerdefinitions.AudienceCheck.Confirmation;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.ConvoyContext;
import convoy.scheduler.launch.NightlyRun;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "register",
    description =
        "Registers the definitions in the home's updates and campaigns folders, so that they can be approved.")
final class RegisterCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();

  @Option(
      names = "--yes",
      description =
          "Campaigns may be for a larger part of the fleet than campaign.max-share of the settings; without this, a person at the terminal is asked.")
  private boolean isConfirmed;

  @Override
  public Integer call() {
    Actor operator = actor.prove(options, Permission.RUN_JOBS);
    try (ConvoyContext context = options.context(Clock.systemUTC(), operator)) {
      NightlyRun.Outcome outcome =
          context.runs().register(isConfirmed ? Confirmation.GIVEN : Confirmation.MISSING);
      if (outcome.isDone()
          && outcome.left() > 0
          && Question.ask("campaigns left, for the reasons above: %,d".formatted(outcome.left()))
              == Confirmation.GIVEN) {
        outcome = context.runs().register(Confirmation.GIVEN);
      }
      return RunEnding.exitStatus(outcome, options.console());
    }
  }
}
