package convoy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "explain",
    description =
        "Explains vehicles of a large fleet, half of it updated before, in 20 campaigns: the command, Java's start included.")
final class ExplainBench implements Callable<Integer> {
  @Option(names = "--fleet", defaultValue = "10000000")
  private int vehicles;

  @Option(names = "--times", defaultValue = "5")
  private int times;

  @Option(
      names = "--work",
      defaultValue = "bench/target/explain",
      description = "A folder to work in.")
  private Path work = Path.of("");

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Folders.empty(work);
    Path root = work.resolve("home");
    Installation home = new Installation(root, "");
    BenchFleet.define(home.updates(), home.campaigns());
    home.registers();
    BenchFleet.fill(home.store(), vehicles);
    BenchFleet.update(home.store());
    System.out.printf("%,d vehicles, %,d ECUs%n", vehicles, vehicles * 10L);
    command(root, "--version");
    for (int i = 0; i < times; i++) {
      String vin = BenchFleet.vin((2L * i + 1) * vehicles / (2L * times));
      // The launcher, Java's start and the command line alone, then the whole of it.
      System.out.printf(
          "./convoy --version %.2f s, ./convoy explain VIN %.2f s%n",
          command(root, "--version"), command(root, "explain", vin));
    }
    return 0;
  }

  private double command(Path root, String... arguments) throws IOException, InterruptedException {
    return Launcher.run(root, work.resolve("out.txt"), arguments);
  }
}
