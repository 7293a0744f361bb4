package convoy.scheduler.cli;

import convoy.data.campaign.ControlAct;
import convoy.scheduler.launch.NightlyRun;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "rollback",
    description = {
      "Takes vehicles back to the versions that they had before the campaign: each gets a newer manifest that names the earlier images.",
      "Without --wave and --vin, all vehicles that have something of it. A running campaign is paused by it, save with --vin."
    })
final class RollbackCommand extends VehicleActCommand {
  @Option(names = "--vin", paramLabel = "VIN", arity = "1..*", description = "Only these vehicles.")
  private List<String> vins = List.of();

  RollbackCommand() {
    super(ControlAct.ROLLBACK);
  }

  @Override
  List<String> vins() {
    return vins;
  }

  @Override
  String whenLeft() {
    return "the vehicles are told by the next issueManifests";
  }

  @Override
  String whenTaken() {
    return "the next issueManifests tells the vehicles";
  }

  @Override
  NightlyRun.Outcome write(NightlyRun runs) {
    return runs.rollbacks(campaign());
  }
}
