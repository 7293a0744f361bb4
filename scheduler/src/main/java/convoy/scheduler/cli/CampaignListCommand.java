package convoy.scheduler.cli;

import convoy.data.duckdb.Campaigns;
import convoy.data.status.CampaignState;
import convoy.scheduler.launch.Console;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists campaigns, in the order in which they go first.")
final class CampaignListCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only those in this state: ${COMPLETION-CANDIDATES}.")
  private @Nullable CampaignState state;

  @Option(names = "--json", description = "One JSON document.")
  private boolean isJson;

  /** A campaign as programs get it. */
  private record Entry(
      String id,
      String title,
      String state,
      @Nullable String reason,
      String urgency,
      int priority,
      String updateName,
      String updateVersion,
      String author,
      Instant registeredAt) {}

  @Override
  public Integer call() {
    Console console = options.console();
    List<Campaigns.Campaign> campaigns =
        options.read("campaign list", Campaigns::all).stream()
            .filter(c -> state == null || c.state().equals(state.name()))
            .toList();
    if (isJson) {
      console.line(ScreenJson.of(campaigns.stream().map(CampaignListCommand::entry).toList()));
      return 0;
    }
    campaigns.forEach(c -> console.line(line(c)));
    if (campaigns.isEmpty()) {
      console.line(state == null ? "no campaign is registered" : "no campaign is " + state);
    }
    return 0;
  }

  private static String line(Campaigns.Campaign c) {
    return "%-28s %-10s %-10s %3d  %s %s, by %s"
        .formatted(
            c.id(),
            c.state(),
            c.urgency(),
            c.priority(),
            c.updateName(),
            c.updateVersion(),
            c.author());
  }

  private static Entry entry(Campaigns.Campaign c) {
    return new Entry(
        c.id(),
        c.title(),
        c.state(),
        c.stateReason(),
        c.urgency(),
        c.priority(),
        c.updateName(),
        c.updateVersion(),
        c.author(),
        c.createdAt());
  }
}
