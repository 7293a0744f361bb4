package convoy.scheduler.cli;

import convoy.data.duckdb.Campaigns;
import convoy.data.trust.Permission;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.CampaignActs;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "submit",
    description = "Signs a draft, over its exact content and its update's, for others to approve.")
final class SubmitCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();

  @Parameters(paramLabel = "CAMPAIGN")
  private String id = "";

  @Override
  public Integer call() {
    Actor manager = actor.prove(options, Permission.SUBMIT_CAMPAIGN);
    options.change(
        "campaign submit",
        manager,
        store ->
            CampaignActs.signing(options.trustRoot(), store, Instant.now())
                .submit(manager, Campaigns.require(store, id)));
    options
        .console()
        .line("%s submitted by %s; it waits for its approval".formatted(id, manager.name()));
    return 0;
  }
}
