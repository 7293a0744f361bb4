package convoy.scheduler.cli;

import convoy.data.trust.Permission;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.ConvoyContext;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "images",
    description = "The image store: the images of registered updates, encrypted.",
    subcommands = ImagesCommand.Verify.class)
final class ImagesCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "expected a command");
  }

  @Command(
      name = "verify",
      description = {
        "Opens each image now and lists it with the updates that need it.",
        "One that is changed, missing or unreadable pauses the campaigns that need it."
      })
  static final class Verify implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();
    @Mixin private ActorOptions actor = new ActorOptions();

    @Override
    public Integer call() {
      Actor operator = actor.prove(options, Permission.RUN_JOBS);
      try (ConvoyContext context = options.context(Clock.systemUTC(), operator)) {
        return RunEnding.exitStatus(context.runs().verifyImages(), options.console());
      }
    }
  }
}
