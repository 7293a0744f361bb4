package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Permission;
import convoy.jobs.publishoutbox.DeliveryPlan;
import convoy.jobs.publishoutbox.DeliveryPlan.Scope;
import convoy.jobs.publishoutbox.Destinations;
import convoy.jobs.publishoutbox.FileCheck;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.ConvoyContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "publish",
    description = {
      "Copies what is new in the outbox to the folder or the object store that convoy.yaml names (publish).",
      "What was cut off goes on from there. Shards of paused, aborted and ended campaigns stay back."
    })
final class PublishCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();

  @Option(
      names = "--dry-run",
      description = "Says what would be copied, in order; looks at the outbox alone.")
  private boolean isDryRun;

  @Option(
      names = "--again",
      description =
          "Looks at files that were published before too, and copies those that the destination has lost.")
  private boolean isAgain;

  @Override
  public Integer call() throws IOException {
    Scope scope = isAgain ? Scope.ALL : Scope.NEW;
    if (isDryRun) {
      return dryRun(scope);
    }
    Actor operator = actor.prove(options, Permission.RUN_JOBS);
    try (ConvoyContext context = options.context(Clock.systemUTC(), operator)) {
      return RunEnding.exitStatus(context.runs().publish(scope), options.console());
    }
  }

  private int dryRun(Scope scope) throws IOException {
    Home home = options.existing();
    ConvoySettings settings = options.settings(home);
    String destination = Destinations.requireName(home, settings);
    return options.read(
        "manifest publish --dry-run",
        store -> {
          try {
            return dryRun(store, home, destination, scope);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private int dryRun(FleetStore store, Home home, String destination, Scope scope)
      throws IOException {
    Console console = options.console();
    int files = 0;
    long bytes = 0;
    for (DeliveryPlan.Item item :
        DeliveryPlan.of(store, home.outbox(), destination, scope).items()) {
      Optional<String> held = DeliveryPlan.heldBack(store, item);
      if (held.isPresent()) {
        console.line("%s: held back: %s".formatted(item.file().path().text(), held.get()));
        continue;
      }
      FileCheck check;
      try {
        check = FileCheck.of(home.outbox(), item);
      } catch (ConvoyException e) {
        console.problem("convoy: would publish nothing from here on: " + e.getMessage());
        return ErrorCode.NOT_TRUSTED.exitStatus();
      }
      if (check.verdict() != FileCheck.Verdict.SAME || scope == Scope.ALL) {
        console.line(
            "%s: %s, %,d bytes"
                .formatted(
                    item.file().path().text(),
                    check.verdict().name().toLowerCase(Locale.ROOT),
                    item.file().bytes()));
        files++;
        bytes += item.file().bytes();
      }
    }
    console.line(
        "%s: %,d files, %,d bytes would be published".formatted(destination, files, bytes));
    return 0;
  }
}
