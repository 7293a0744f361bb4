package convoy.scheduler.cli;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Permission;
import convoy.jobs.registerdefinitions.CampaignRegistrar;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = "Registers a campaign from where its definition lies, as a draft.")
final class CreateCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();

  @Parameters(paramLabel = "FILE", description = "The definition, YAML.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    if (!Files.isRegularFile(file)) {
      throw new ConvoyException(
          ErrorCode.USAGE, file + ": found no such file, expected a definition");
    }
    Console console = options.console();
    Actor manager = actor.prove(options, Permission.CREATE_CAMPAIGN);
    options.change(
        "campaign create",
        manager,
        store -> {
          Optional<String> id =
              CampaignRegistrar.register(store, file.toAbsolutePath(), Instant.now());
          console.line(
              id.map(
                      name ->
                          "campaign %s is a draft; ./convoy campaign submit %s"
                              .formatted(name, name))
                  .orElse(file.getFileName() + ": known before"));
        });
    return 0;
  }
}
