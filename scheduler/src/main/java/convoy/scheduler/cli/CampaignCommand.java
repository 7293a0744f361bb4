package convoy.scheduler.cli;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Eligibility;
import convoy.data.duckdb.Waves;
import convoy.scheduler.launch.CampaignActs;
import convoy.scheduler.launch.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "campaign",
    description = "Lists, shows, submits and approves campaigns.",
    subcommands = {
      CreateCommand.class,
      SubmitCommand.class,
      ApproveCommand.class,
      RejectCommand.class
    })
final class CampaignCommand {
  @Command(name = "list", description = "Lists all campaigns, in the order in which they go first.")
  int list(@Mixin HomeOptions options) {
    Console console = options.console();
    options.read(
        "campaign list",
        store -> {
          for (Campaigns.Campaign c : Campaigns.all(store)) {
            console.line(
                "%-28s %-10s %-10s %3d  %s %s, by %s"
                    .formatted(
                        c.id(),
                        c.state(),
                        c.urgency(),
                        c.priority(),
                        c.updateName(),
                        c.updateVersion(),
                        c.author()));
          }
          return true;
        });
    return 0;
  }

  @Command(name = "show", description = "Shows where a campaign stands and why.")
  int show(@Mixin HomeOptions options, @Parameters(paramLabel = "CAMPAIGN") String id) {
    Console console = options.console();
    options.read(
        "campaign show",
        store -> {
          Campaigns.Campaign c = CampaignActs.find(store, id);
          console.line("%s: %s".formatted(c.id(), c.title()));
          console.line("state       %s, %s".formatted(c.state(), c.stateReason()));
          console.line("update      %s %s".formatted(c.updateName(), c.updateVersion()));
          console.line("goes        %s, priority %d".formatted(c.urgency(), c.priority()));
          var counts = Eligibility.counts(store, id);
          console.line(
              "eligible    %,d; ineligible %,d; unknown %,d"
                  .formatted(counts.eligible(), counts.ineligible(), counts.unknown()));
          counts
              .byReason()
              .forEach(
                  (verdict, reasons) ->
                      reasons.forEach(
                          (reason, n) ->
                              console.line(
                                  "            %-10s %,9d %s".formatted(verdict, n, reason))));
          for (Waves.StateCount count : Waves.states(store, id)) {
            console.line(
                "wave %d      %,d %s".formatted(count.wave(), count.vehicles(), count.state()));
          }
          return true;
        });
    return 0;
  }
}
