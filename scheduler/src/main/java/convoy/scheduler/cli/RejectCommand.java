package convoy.scheduler.cli;

import convoy.data.campaign.Reasons;
import convoy.data.duckdb.Campaigns;
import convoy.data.trust.Permission;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.CampaignActs;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reject",
    description =
        "Sends a campaign that is submitted or approved, and not planned yet, back to be a draft.")
final class RejectCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();

  @Parameters(paramLabel = "CAMPAIGN")
  private String id = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, in one line; it is signed.")
  private String reason = "";

  @Override
  public Integer call() {
    Reasons.require("--reason", reason);
    Actor approver = actor.prove(options, Permission.APPROVE_CAMPAIGN);
    options.change(
        "campaign reject",
        approver,
        store ->
            CampaignActs.signing(options.trustRoot(), store, Instant.now())
                .reject(approver, Campaigns.require(store, id), reason));
    options.console().line("%s sent back by %s: %s".formatted(id, approver.name(), reason));
    return 0;
  }
}
