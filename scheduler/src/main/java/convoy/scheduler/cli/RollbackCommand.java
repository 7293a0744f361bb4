package convoy.scheduler.cli;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.Reasons;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.RollbackCheck;
import convoy.scheduler.launch.CampaignHandover;
import convoy.scheduler.launch.ConvoyContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rollback",
    description = {
      "Takes vehicles back to the versions that they had before the campaign: each gets a newer manifest that names the earlier images.",
      "Without --wave and --vin, all vehicles that have something of it. A running campaign is paused by it, save with --vin."
    })
final class RollbackCommand extends CampaignActCommand {
  @Option(names = "--wave", paramLabel = "N", description = "Only the vehicles of this wave.")
  private @Nullable Integer wave;

  @Option(names = "--vin", paramLabel = "VIN", arity = "1..*", description = "Only these vehicles.")
  private List<String> vins = List.of();

  @Mixin private ReasonOptions why = new ReasonOptions();

  @Override
  public Integer call() {
    String reason = why.text();
    Reasons.require("--reason", reason);
    WithdrawnVehicles vehicles = new WithdrawnVehicles(wave, vins);
    Actor operator = prove();
    Instant now = Instant.now();
    ControlRequest request =
        ControlRequest.rollBack(
            campaign(),
            operator.name(),
            reason,
            now,
            RollbackCheck.sign(operator, campaign(), vehicles, reason, now));
    if (ask(operator, request) == CampaignHandover.Outcome.LEFT) {
      options()
          .console()
          .line("%s: the vehicles are told by the next issueManifests".formatted(campaign()));
      return 0;
    }
    return write(operator);
  }

  /** Writes at once what is due; if a job was faster, the next issuing does. */
  private int write(Actor operator) {
    try (ConvoyContext context = options().context(Clock.systemUTC(), operator)) {
      return RunEnding.exitStatus(context.runs().rollbacks(campaign()), options().console());
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.STORE_TAKEN) {
        throw e;
      }
      options()
          .console()
          .line(
              "%s: the next issueManifests tells the vehicles: %s"
                  .formatted(campaign(), e.getMessage()));
      return 0;
    }
  }
}
