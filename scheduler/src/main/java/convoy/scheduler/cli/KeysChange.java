package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.trust.Permission;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.KeyActs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the commands have in common that change the keys of the repositories. */
final class KeysChange {
  private KeysChange() {}

  /** What a command does; gives what it has to say. */
  interface Work {
    List<String> apply(KeyActs acts, Instant now) throws IOException;
  }

  static int run(HomeOptions options, ActorOptions actor, String what, Work work) {
    Actor administrator = actor.prove(options, Permission.CHANGE_KEYS);
    Home home = options.existing();
    ConvoySettings settings = options.settings(home);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    options.change(
        what,
        administrator,
        store -> {
          try {
            work.apply(new KeyActs(store, home, settings, now), now)
                .forEach(options.console()::line);
          } catch (IOException e) {
            throw new UncheckedIOException(what + ": " + e.getMessage(), e);
          }
        });
    return 0;
  }
}
