package convoy.scheduler.cli;

import convoy.jobs.samples.SampleData;
import convoy.jobs.samples.SampleSpec;
import convoy.scheduler.launch.Console;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "samples",
    description = {
      "Makes sample exports of a fleet of any size, with updates and campaigns.",
      "The same options give the same bytes; the defaults give those of data/samples."
    })
final class SamplesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "Where the files go.")
  private Path folder = Path.of("");

  @Option(
      names = "--vehicles",
      paramLabel = "N",
      description = "Vehicles of all plants (default: ${DEFAULT-VALUE}).")
  private int vehicles = SampleData.PUBLISHED.vehicles();

  @Option(
      names = "--bad-rows",
      paramLabel = "N",
      description = "Rows that are wrong (default: ${DEFAULT-VALUE}).")
  private int badRows = SampleData.PUBLISHED.badRows();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the fleet is made from (default: ${DEFAULT-VALUE}).")
  private long seed = SampleData.PUBLISHED.seed();

  @Option(
      names = "--exported-at",
      paramLabel = "TIME",
      description = "The exports' time (default: ${DEFAULT-VALUE}).")
  private Instant exportedAt = SampleData.PUBLISHED.exportedAt();

  @Option(
      names = "--ecu-keys",
      paramLabel = "DIR",
      description = {
        "Also write the private keys of the ECUs whose certificates the exports name, for the simulator:",
        "it looks in simulator/ecu-keys of the home. Who knows the seed has these keys."
      })
  private @Nullable Path ecuKeys;

  @Override
  public Integer call() {
    Console console = new TerminalConsole(spec.commandLine());
    SampleData.writeDefinitions(folder, seed);
    SampleSpec samples = new SampleSpec(seed, vehicles, badRows, exportedAt);
    SampleData.Exports written =
        ecuKeys == null
            ? new SampleData.Exports(SampleData.write(folder, samples), 0)
            : SampleData.writeWithEcuKeys(folder, samples, ecuKeys);
    for (var tally : written.tallies()) {
      console.line(
          "%s%s: %,d rows, %,d of them wrong"
              .formatted(
                  tally.file(),
                  tally.sheet() == null ? "" : ", sheet " + tally.sheet(),
                  tally.rows(),
                  tally.badRows()));
    }
    if (ecuKeys != null) {
      console.line("%s: the private keys of %,d ECUs".formatted(ecuKeys, written.ecuKeys()));
    }
    return 0;
  }
}
