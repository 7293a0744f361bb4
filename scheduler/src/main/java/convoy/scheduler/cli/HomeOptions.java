package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.config.Located;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.TrustRoot;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.ConvoyContext;
import convoy.scheduler.launch.Modules;
import convoy.scheduler.launch.StoreReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every command of an installation needs: its home, its settings, and a console. */
final class HomeOptions {
  @Spec(Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The installation's folder (default: $CONVOY_HOME, else ./convoy-home).")
  private @Nullable Path folder;

  /** The home, which need not exist yet. */
  Home home() {
    Home home = folder != null ? new Home(folder) : Home.of(System.getenv());
    // Read by the logging set-up when the first logger is made, which is after this.
    System.setProperty("convoy.logs", home.logs().toString());
    return home;
  }

  /**
   * The home, which must exist.
   *
   * @throws ConvoyException CONFIGURATION when it does not
   */
  Home existing() {
    Home home = home();
    if (!Files.isDirectory(home.store())) {
      throw new ConvoyException(
          ErrorCode.CONFIGURATION,
          "%s: found no installation, expected a folder made by ./convoy init or ./convoy demo"
              .formatted(home.root()));
    }
    return home;
  }

  ConvoySettings settings(Home home) {
    Located<ConvoySettings> settings = ConvoySettings.read(home.settingsFile());
    try {
      Modules.checkRules(settings.value());
    } catch (IllegalArgumentException e) {
      throw settings.refused(e);
    }
    return settings.value();
  }

  Console console() {
    if (spec == null) {
      throw new IllegalStateException("not part of a command");
    }
    return new TerminalConsole(spec.commandLine());
  }

  /** The trust root of this installation. */
  TrustRoot trustRoot() {
    Home home = existing();
    return TrustRoot.of(home, settings(home));
  }

  /** The jobs of this installation, which the actor runs; the caller closes them. */
  ConvoyContext context(Clock clock, Actor actor) {
    Home home = existing();
    return new ConvoyContext(home, settings(home), clock, console(), actor.name());
  }

  /** Reads from the fleet store; while a job holds it, the command waits and says for whom. */
  <T> T read(String what, Function<FleetStore, T> work) {
    Home home = existing();
    return StoreReader.read(home, settings(home), console(), what, work);
  }

  /** Changes something small in the fleet store, alone; waits while a job holds it. */
  void change(String what, Actor actor, Consumer<FleetStore> work) {
    Home home = existing();
    StoreReader.change(
        home,
        settings(home),
        console(),
        what,
        actor.name(),
        store -> {
          work.accept(store);
          return true;
        });
  }
}
