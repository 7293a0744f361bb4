package convoy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "delta",
    description = "Imports a delta export of some vehicles into fleets of growing size.")
final class DeltaBench implements Callable<Integer> {
  private static final String FIRST = "2026-11-20T22:00:00Z";
  private static final String SECOND = "2026-11-21T22:00:00Z";
  private static final String THIRD = "2026-11-22T22:00:00Z";

  @Option(names = "--delta", defaultValue = "50000", description = "Vehicles of the delta export.")
  private int delta;

  @Option(names = "--fleets", split = ",", defaultValue = "100000,1000000")
  private List<Integer> fleets = List.of();

  @Option(
      names = "--work",
      defaultValue = "bench/target/delta",
      description = "A folder to work in.")
  private Path work = Path.of("");

  @Override
  public Integer call() throws IOException {
    for (int fleet : fleets) {
      Folders.empty(work);
      Path known = work.resolve("vehicles.csv");
      Path all = work.resolve("ecus.csv");
      Path someVehicles = work.resolve("delta-vehicles.csv");
      Path some = work.resolve("delta-ecus.csv");
      BenchExports.vehicles(known, 0, fleet, FIRST);
      BenchExports.ecus(all, 0, fleet, 0, FIRST);
      // Half of the delta is known, half is new.
      BenchExports.vehicles(someVehicles, fleet - delta / 2, fleet + delta / 2, SECOND);
      BenchExports.ecus(some, fleet - delta / 2, fleet + delta / 2, 1, SECOND);
      Installation home = new Installation(work.resolve("home"), "");
      double full = home.imports(known, all);
      double night = home.imports(someVehicles, some);
      Path empty = work.resolve("one-vehicle.csv");
      BenchExports.vehicles(empty, 0, 1, THIRD);
      double least = home.imports(empty);
      System.out.printf(
          "%,11d vehicles: all in %6.1f s; a delta of %,d in %5.1f s; of one vehicle in %4.1f s%n",
          fleet, full, delta, night, least);
    }
    return 0;
  }
}
