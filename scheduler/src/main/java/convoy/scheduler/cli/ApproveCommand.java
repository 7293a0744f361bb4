package convoy.scheduler.cli;

import convoy.data.duckdb.Campaigns;
import convoy.data.trust.Permission;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.CampaignSigning.Approvals;
import convoy.scheduler.launch.CampaignActs;
import convoy.scheduler.launch.Console;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "approve",
    description = {
      "Signs the approval of a submitted campaign, over its exact content and its update's.",
      "Neither its author nor who submitted it may."
    })
final class ApproveCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();

  @Parameters(paramLabel = "CAMPAIGN")
  private String id = "";

  @Override
  public Integer call() {
    Actor approver = actor.prove(options, Permission.APPROVE_CAMPAIGN);
    Console console = options.console();
    options.change(
        "campaign approve",
        approver,
        store -> {
          Approvals approvals =
              CampaignActs.signing(options.trustRoot(), store, Instant.now())
                  .approve(approver, Campaigns.require(store, id));
          console.line(
              approvals.areEnough()
                  ? "%s approved by %s; the next run plans it".formatted(id, approver.name())
                  : "%s approved by %s, %d of %d; it waits for the others"
                      .formatted(id, approver.name(), approvals.given(), approvals.needed()));
        });
    return 0;
  }
}
