package convoy.scheduler.cli;

import convoy.data.campaign.ControlAct;
import convoy.scheduler.launch.NightlyRun;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "withdraw",
    description = {
      "Takes back what vehicles were given: each gets a newer manifest that installs nothing, and leaves the campaign.",
      "Without --wave and --vin, all vehicles that may still act. A running campaign is paused by it, save with --vin."
    })
final class WithdrawCommand extends VehicleActCommand {
  @Option(
      names = "--vin",
      paramLabel = "VIN",
      arity = "1..*",
      description =
          "Only these vehicles, whatever their state; they get no manifest of the campaign any more.")
  private List<String> vins = List.of();

  WithdrawCommand() {
    super(ControlAct.WITHDRAW);
  }

  @Override
  List<String> vins() {
    return vins;
  }

  @Override
  String whenLeft() {
    return "the vehicles are told by the running issueManifests, else by the next one";
  }

  @Override
  String whenTaken() {
    return "the manifests are prepared; the next issueManifests writes what is not written yet";
  }

  @Override
  NightlyRun.Outcome write(NightlyRun runs) {
    return runs.withdrawals(campaign());
  }
}
