package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Permission;
import convoy.jobs.registerdefinitions.AudienceCheck;
import convoy.jobs.registerdefinitions.AudienceCheck.Confirmation;
import convoy.jobs.registerdefinitions.CampaignRegistrar;
import convoy.jobs.registerdefinitions.UpdateRegistrar.Outcome;
import convoy.jobs.registerdefinitions.UpdateRegistrar.Result;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = "Registers a campaign from where its definition lies, as a draft.")
final class CreateCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();

  @Parameters(paramLabel = "FILE", description = "The definition, YAML.")
  private Path file = Path.of("");

  @Option(
      names = "--yes",
      description =
          "It may be for a larger part of the fleet than campaign.max-share of the settings; without this, a person at the terminal is asked.")
  private boolean isConfirmed;

  @Override
  public Integer call() {
    if (!Files.isRegularFile(file)) {
      throw new ConvoyException(
          ErrorCode.USAGE, file + ": found no such file, expected a definition");
    }
    ConvoySettings settings = options.settings(options.existing());
    Actor manager = actor.prove(options, Permission.CREATE_CAMPAIGN);
    try {
      register(manager, settings, isConfirmed ? Confirmation.GIVEN : Confirmation.MISSING);
    } catch (AudienceCheck.Unconfirmed e) {
      if (Question.ask(e.what()) == Confirmation.MISSING) {
        throw e;
      }
      register(manager, settings, Confirmation.GIVEN);
    }
    return 0;
  }

  private void register(Actor manager, ConvoySettings settings, Confirmation confirmation) {
    Console console = options.console();
    AudienceCheck check = AudienceCheck.of(settings, confirmation);
    options.change(
        "campaign create",
        manager,
        store -> {
          Result result =
              CampaignRegistrar.register(
                  store, file.toAbsolutePath(), check, settings.schedule().zone(), Instant.now());
          String name = result.update();
          console.line(
              result.outcome() == Outcome.KNOWN
                  ? "campaign %s: known before".formatted(name)
                  : "campaign %s is a draft; ./convoy campaign submit %s".formatted(name, name));
          result
              .warnings()
              .forEach(w -> console.line("campaign %s: warning: %s".formatted(name, w)));
        });
  }
}
