package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.jobs.simulate.SimulationPlan;
import convoy.scheduler.launch.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description = {
      "Plays the vehicles: verifies every manifest in the outbox, and writes status logs into the inbox.",
      "A realistic share of them succeeds, fails, reports late, twice or never. Call it again for what arrives later."
    })
final class SimulateCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What chance follows from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--ahead",
      paramLabel = "DURATION",
      description = "Play what happens up to this long from now (default: ${DEFAULT-VALUE}).")
  private Duration ahead = Duration.ofHours(20);

  @Override
  public Integer call() throws IOException {
    Home home = options.existing();
    Simulation.tell(
        Simulation.play(
            home,
            options.settings(home),
            options.console(),
            seed,
            SimulationPlan.usual(),
            Instant.now().plus(ahead)),
        options.console());
    return 0;
  }
}
