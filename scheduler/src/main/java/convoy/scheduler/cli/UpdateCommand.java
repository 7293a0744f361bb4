package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Permission;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.registerdefinitions.UpdateRegistrar;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.CampaignSigning;
import convoy.scheduler.launch.CampaignActs;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.Modules;
import convoy.scheduler.launch.UpdateActs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "update", description = "Registers, signs, lists, shows and withdraws updates.")
final class UpdateCommand {
  @Command(
      name = "register",
      description =
          "Registers and signs definitions from where they lie; their images are beside or below.")
  int register(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "YAML files, or folders.")
          List<Path> paths)
      throws IOException {
    Home home = options.existing();
    Console console = options.console();
    List<Path> files = UpdateActs.definitions(paths);
    UpdateRegistrar registrar = UpdateRegistrar.of(home, Modules.catalog(options.settings(home)));
    int[] refused = new int[1];
    Actor engineer = actor.prove(options, Permission.REGISTER_UPDATE);
    options.change(
        "update register",
        engineer,
        store -> {
          CampaignSigning signing = CampaignActs.signing(options.trustRoot(), store, Instant.now());
          for (Path file : files) {
            try {
              UpdateRegistrar.Result result =
                  registrar.register(store, file.toAbsolutePath(), Instant.now());
              say(console, result);
              signing.signUpdate(engineer, UpdateActs.ofResult(store, result));
            } catch (ConvoyException e) {
              if (e.code() != ErrorCode.INPUT_REFUSED) {
                throw e;
              }
              console.problem("update refused: " + e.getMessage());
              refused[0]++;
            }
          }
        });
    return refused[0] == 0 ? 0 : ErrorCode.INPUT_REFUSED.exitStatus();
  }

  private static void say(Console console, UpdateRegistrar.Result result) {
    switch (result.outcome()) {
      case REGISTERED -> console.line("update %s registered".formatted(result.update()));
      case KNOWN -> console.line("update %s known before".formatted(result.update()));
      case WITHDRAWN ->
          throw new ConvoyException(
              ErrorCode.INPUT_REFUSED,
              "update %s is withdrawn, expected a new version".formatted(result.update()));
    }
    result
        .warnings()
        .forEach(w -> console.line("update %s: warning: %s".formatted(result.update(), w)));
  }

  @Command(name = "list", description = "Lists registered updates, by name.")
  int list(
      @Mixin HomeOptions options,
      @Mixin UpdateFilter filter,
      @Option(names = "--json", description = "One JSON document.") boolean isJson) {
    Console console = options.console();
    ModuleCatalog modules = Modules.catalog(options.settings(options.existing()));
    UpdateFilter known = filter.checked(modules);
    List<UpdateView> views =
        options
            .read("update list", store -> UpdateView.all(store, options.trustRoot(), Instant.now()))
            .stream()
            .filter(view -> known.matches(view, modules))
            .toList();
    if (isJson) {
      console.line(UpdateView.json(views));
      return 0;
    }
    views.forEach(view -> console.line(view.line()));
    if (views.isEmpty()) {
      console.line("no such update is registered");
    }
    return 0;
  }

  @Command(name = "show", description = "Shows all that a registered update says.")
  int show(
      @Mixin HomeOptions options,
      @Parameters(index = "0", paramLabel = "NAME") String name,
      @Parameters(
              index = "1",
              arity = "0..1",
              paramLabel = "VERSION",
              description = "Without it, the one that was registered last.")
          @Nullable String version,
      @Option(names = "--json", description = "One JSON document.") boolean isJson) {
    Console console = options.console();
    UpdateView view =
        options.read(
            "update show",
            store ->
                UpdateView.of(
                    store,
                    options.trustRoot(),
                    UpdateActs.find(store, name, version),
                    Instant.now()));
    if (isJson) {
      console.line(view.json());
    } else {
      view.lines().forEach(console::line);
    }
    return 0;
  }

  @Command(
      name = "sign",
      description = {
        "Signs a registered update, over its exact content: one that was put into the folder.",
        "Only campaigns of signed updates can be submitted."
      })
  int sign(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Parameters(index = "0", paramLabel = "NAME") String name,
      @Parameters(index = "1", paramLabel = "VERSION") String version) {
    Console console = options.console();
    Actor engineer = actor.prove(options, Permission.REGISTER_UPDATE);
    options.change(
        "update sign",
        engineer,
        store -> {
          boolean isNew =
              CampaignActs.signing(options.trustRoot(), store, Instant.now())
                  .signUpdate(engineer, UpdateActs.find(store, name, version));
          console.line(
              "update %s %s %s"
                  .formatted(
                      name, version, isNew ? "signed by " + engineer.name() : "is signed already"));
        });
    return 0;
  }

  @Command(
      name = "withdraw",
      description = "Takes an update out of use for good, and pauses its open campaigns.")
  int withdraw(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Parameters(index = "0", paramLabel = "NAME") String name,
      @Parameters(index = "1", paramLabel = "VERSION") String version,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "TEXT",
              description = "Why, in one line; its campaigns and the audit log say so.")
          String reason) {
    Console console = options.console();
    options.change(
        "update withdraw",
        actor.prove(options, Permission.WITHDRAW_UPDATE),
        store -> {
          List<String> paused = UpdateActs.withdraw(store, name, version, reason, Instant.now());
          console.line("update %s %s withdrawn".formatted(name, version));
          paused.forEach(campaign -> console.line("campaign %s paused".formatted(campaign)));
        });
    return 0;
  }
}
