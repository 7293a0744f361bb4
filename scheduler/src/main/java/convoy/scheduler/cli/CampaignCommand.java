package convoy.scheduler.cli;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Eligibility;
import convoy.data.duckdb.Waves;
import convoy.scheduler.launch.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "campaign",
    description = "Creates, previews, approves and controls campaigns.",
    subcommands = {
      CreateCommand.class,
      PreviewCommand.class,
      SubmitCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      CampaignActCommand.StartCampaign.class,
      CampaignActCommand.PauseCampaign.class,
      CampaignActCommand.ResumeCampaign.class,
      CampaignActCommand.AbortCampaign.class,
      WithdrawCommand.class,
      CampaignStatusCommand.class,
      CampaignListCommand.class,
      CampaignIssuedCommand.class,
    })
final class CampaignCommand {
  @Command(name = "show", description = "Shows where a campaign stands and why.")
  int show(@Mixin HomeOptions options, @Parameters(paramLabel = "CAMPAIGN") String id) {
    Console console = options.console();
    options.read(
        "campaign show",
        store -> {
          Campaigns.Campaign c = Campaigns.require(store, id);
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
