package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Eligibility;
import convoy.data.duckdb.Waves;
import convoy.scheduler.launch.CampaignActs;
import convoy.scheduler.launch.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "campaign",
    description = "Lists, previews, shows, approves and controls campaigns.",
    subcommands = {
      PreviewCommand.class,
      CampaignListCommand.class,
      CampaignStatusCommand.class,
      CampaignIssuedCommand.class,
      CampaignActCommand.StartCampaign.class,
      CampaignActCommand.PauseCampaign.class,
      CampaignActCommand.ResumeCampaign.class,
      CampaignActCommand.AbortCampaign.class,
    })
final class CampaignCommand {
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

  @Command(
      name = "approve",
      description =
          "Signs the approval of a submitted campaign, over its exact content and its update's.")
  int approve(
      @Mixin HomeOptions options,
      @Parameters(paramLabel = "CAMPAIGN") String id,
      @Option(
              names = "--by",
              required = true,
              paramLabel = "OPERATOR",
              description = "Who approves; not its author.")
          String approver) {
    Home home = options.existing();
    options.change(
        "campaign approve",
        store -> {
          try {
            CampaignActs.approve(home, store, id, approver, Instant.now());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    options.console().line("%s approved by %s; the next run plans it".formatted(id, approver));
    return 0;
  }
}
