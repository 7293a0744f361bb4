package convoy.scheduler.cli;

import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.Reasons;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.WithdrawalCheck;
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
    name = "withdraw",
    description = {
      "Takes back what vehicles were given: each gets a newer manifest that installs nothing, and leaves the campaign.",
      "Without --wave and --vin, all vehicles that may still act. A running campaign is paused by it, save with --vin."
    })
final class WithdrawCommand extends CampaignActCommand {
  @Option(names = "--wave", paramLabel = "N", description = "Only the vehicles of this wave.")
  private @Nullable Integer wave;

  @Option(
      names = "--vin",
      paramLabel = "VIN",
      arity = "1..*",
      description =
          "Only these vehicles, whatever their state; they get no manifest of the campaign any more.")
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
        ControlRequest.withdraw(
            campaign(),
            operator.name(),
            reason,
            now,
            WithdrawalCheck.sign(operator, campaign(), vehicles, reason, now));
    if (ask(operator, request) == CampaignHandover.Outcome.LEFT) {
      options()
          .console()
          .line(
              "%s: the vehicles are told by the running issueManifests, else by the next one"
                  .formatted(campaign()));
      return 0;
    }
    return write(operator);
  }

  /** Writes at once what was prepared; if a job was faster, that one's issuing or the next does. */
  private int write(Actor operator) {
    try (ConvoyContext context = options().context(Clock.systemUTC(), operator)) {
      return RunEnding.exitStatus(context.runs().withdrawals(campaign()), options().console());
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.STORE_TAKEN) {
        throw e;
      }
      options()
          .console()
          .line(
              "%s: the manifests are prepared; the next issueManifests writes what is not written yet: %s"
                  .formatted(campaign(), e.getMessage()));
      return 0;
    }
  }
}
