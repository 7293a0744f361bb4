package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.config.StrictYaml;
import convoy.config.YamlException;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.simulate.FleetSimulator;
import convoy.jobs.simulate.Reporting;
import convoy.jobs.simulate.SimulationPlan;
import convoy.jobs.simulate.SimulationRules;
import convoy.scheduler.launch.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    sortOptions = false,
    description = {
      "Plays the vehicles: verifies every manifest in the outbox, and writes status logs into the inbox.",
      "A realistic share of them succeeds, fails, reports late, twice or never. Call it again for what arrives later.",
      "--vin to --parked tell some of them what to do; these do only what they are told, and else install in order.",
      "A share is the chance of each attempt, drawn from seed, VIN, campaign and attempt: the same each time, whatever other vehicles there are, and near the share of many."
    })
final class SimulateCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What chance follows from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @ArgGroup private UpTo upTo = new UpTo();

  /** Up to when. */
  private static final class UpTo {
    @Option(
        names = "--ahead",
        paramLabel = "DURATION",
        description = "Play what happens up to this long from now (default: PT20H).")
    private Duration ahead = Duration.ofHours(20);

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description =
            "Play what happens up to this time, such as 2026-12-01T20:00:00Z. The same home, rules, seed and time give the same bytes.")
    private @Nullable Instant until;
  }

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description =
          "A YAML file of such rules: rules: [{model: [Aldera], fail: 5%%, error: [POWER_LOSS]}, ...]. The first that covers an attempt counts; that of the options goes before them.")
  private @Nullable Path file;

  @Option(
      names = "--signed-reports",
      description =
          "Vehicles send version reports too, signed with the ECU keys in simulator/ecu-keys. A manifest that is refused as an attack stands in them.")
  private boolean signedReports;

  @Mixin private RuleOptions rule = new RuleOptions();

  @Override
  public Integer call() throws IOException {
    Home home = options.existing();
    FleetSimulator.Played played =
        Simulation.play(
            home,
            options.settings(home),
            options.console(),
            seed,
            SimulationPlan.usual(),
            rules(),
            signedReports ? Reporting.AND_VERSION_REPORTS : Reporting.STATUS_LOGS,
            upTo.until != null ? upTo.until : Instant.now().plus(upTo.ahead));
    Simulation.tell(played, options.console());
    return played.refused().isEmpty() ? 0 : ErrorCode.NOT_TRUSTED.exitStatus();
  }

  private SimulationRules rules() {
    try {
      return rule.before(
          file == null ? SimulationRules.NONE : StrictYaml.read(file, SimulationRules.class));
    } catch (YamlException e) {
      throw new ConvoyException(ErrorCode.INPUT_REFUSED, String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new ConvoyException(ErrorCode.USAGE, "--" + e.getMessage(), e);
    }
  }
}
