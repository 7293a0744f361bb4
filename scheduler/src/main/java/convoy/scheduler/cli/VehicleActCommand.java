package convoy.scheduler.cli;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.Reasons;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.VehicleActs;
import convoy.scheduler.launch.CampaignHandover;
import convoy.scheduler.launch.ConvoyContext;
import convoy.scheduler.launch.NightlyRun;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What the commands have in common that take something back from vehicles of a campaign, and tell
 * them at once.
 */
abstract class VehicleActCommand extends CampaignActCommand {
  private final ControlAct act;

  @Option(names = "--wave", paramLabel = "N", description = "Only the vehicles of this wave.")
  private @Nullable Integer wave;

  @Mixin private ReasonOptions why = new ReasonOptions();

  VehicleActCommand(ControlAct act) {
    this.act = act;
  }

  /** The vehicles that are named. */
  abstract List<String> vins();

  /** What follows where a running job will carry it out. */
  abstract String whenLeft();

  /** What follows where the store was taken before the manifests were written. */
  abstract String whenTaken();

  /** Writes at once what is due; if a job was faster, that one's issuing or the next does. */
  abstract NightlyRun.Outcome write(NightlyRun runs);

  @Override
  public final Integer call() {
    String reason = why.text();
    Reasons.require("--reason", reason);
    WithdrawnVehicles vehicles = new WithdrawnVehicles(wave, vins());
    Actor operator = prove();
    if (ask(
            operator,
            VehicleActs.request(act, operator, campaign(), vehicles, reason, Instant.now()))
        == CampaignHandover.Outcome.LEFT) {
      options().console().line("%s: %s".formatted(campaign(), whenLeft()));
      return 0;
    }
    try (ConvoyContext context = options().context(Clock.systemUTC(), operator)) {
      return RunEnding.exitStatus(write(context.runs()), options().console());
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.STORE_TAKEN) {
        throw e;
      }
      options().console().line("%s: %s: %s".formatted(campaign(), whenTaken(), e.getMessage()));
      return 0;
    }
  }
}
