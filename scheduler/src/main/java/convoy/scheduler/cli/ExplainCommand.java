package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.eligibility.MatchRules;
import convoy.jobs.matcheligibility.MatchSettings;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.Explained;
import convoy.scheduler.launch.Modules;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description =
        "Says why each campaign does or does not update one vehicle, and what happens next.")
final class ExplainCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Parameters(paramLabel = "VIN")
  private String vin = "";

  @Option(names = "--json", description = "One JSON document, with everything.")
  private boolean isJson;

  @Override
  public Integer call() {
    Home home = options.existing();
    ConvoySettings settings = options.settings(home);
    MatchRules rules = MatchSettings.rules(settings, Modules.catalog(settings));
    Console console = options.console();
    Explained explained =
        options.read(
            "explain",
            store ->
                Explained.of(store, vin.strip().toUpperCase(Locale.ROOT), rules, Instant.now()));
    if (isJson) {
      console.line(ExplainJson.of(explained));
    } else {
      ExplainText.lines(explained).forEach(console::line);
    }
    return 0;
  }
}
