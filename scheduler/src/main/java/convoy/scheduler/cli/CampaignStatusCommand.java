package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.data.duckdb.CampaignStatus;
import convoy.data.duckdb.CampaignStatuses;
import convoy.jobs.control.RequestFolder;
import convoy.jobs.publishoutbox.Destinations;
import convoy.scheduler.launch.Console;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    description =
        "Shows where a campaign stands: why, by whom, what comes next, what owners are asked, whom its update fits, its waves and gates.")
final class CampaignStatusCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Parameters(paramLabel = "CAMPAIGN", description = "The campaign's id.")
  private String campaign = "";

  @Option(names = "--json", description = "One JSON document.")
  private boolean isJson;

  @Override
  public Integer call() {
    Console console = options.console();
    Home home = options.existing();
    String destination = Destinations.name(home, options.settings(home));
    CampaignStatus status =
        options.read(
            "campaign status",
            store -> CampaignStatuses.of(store, campaign, destination, Instant.now()));
    if (isJson) {
      console.line(ScreenJson.of(status));
      return 0;
    }
    CampaignStatusText.lines(status, destination).forEach(console::line);
    int waiting = new RequestFolder(home).waiting().size();
    if (waiting > 0) {
      console.line(
          "%d requests, of any campaign, wait for the next job or command that changes something"
              .formatted(waiting));
    }
    return 0;
  }
}
