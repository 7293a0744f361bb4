package convoy.scheduler.cli;

import convoy.config.Home;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "init",
    description =
        "Makes a new installation: folders, settings with every key explained, keys for trial.")
final class InitCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Override
  public Integer call() throws IOException {
    Home home = options.home();
    Installer.install(home, Instant.now());
    options
        .console()
        .line(
            """
            made %s
              inbox/manufacturing  put exports of vehicles and ECUs here
              inbox/status         put status logs of vehicles here
              profiles             put export profiles here (./convoy import probe FILE --write makes them)
              updates, campaigns   put definitions here, then ./convoy register
              convoy.yaml          every setting, with its default
            The operators %s, in keys/operators, are for trial: each has every role, and the
            passwords of their keys lie beside them in files. docs/operators.md says how to replace them.
            The keys of the Director and the image repository are for trial too: all lie in the home,
            under the password in keys/online.password. docs/keys.md says how to keep some elsewhere."""
                .formatted(home.root(), String.join(" and ", Installer.OPERATORS)));
    return 0;
  }
}
