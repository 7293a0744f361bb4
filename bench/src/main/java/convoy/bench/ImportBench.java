package convoy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "import",
    description = {
      "Imports an export of all ECUs into a store that holds them already, beside DuckDB's own read_csv",
      "of the same file and the same merge."
    })
final class ImportBench implements Callable<Integer> {
  private static final String FIRST = "2026-11-20T22:00:00Z";
  private static final String SECOND = "2026-11-21T22:00:00Z";

  @Option(names = "--vehicles", defaultValue = "1000000", description = "Each has ten ECUs.")
  private int vehicles;

  @Option(
      names = "--work",
      defaultValue = "bench/target/import",
      description = "A folder to work in.")
  private Path work = Path.of("");

  @Option(names = "--settings", defaultValue = "", description = "The text of convoy.yaml.")
  private String settings = "";

  @Override
  public Integer call() throws IOException, SQLException {
    Folders.empty(work);
    Path known = work.resolve("vehicles.csv");
    Path first = work.resolve("ecus-1.csv");
    Path second = work.resolve("ecus-2.csv");
    BenchExports.vehicles(known, 0, vehicles, FIRST);
    BenchExports.ecus(first, 0, vehicles, 0, FIRST);
    BenchExports.ecus(second, 0, vehicles, 1, SECOND);
    long rows = (long) vehicles * BenchExports.ECUS;

    Installation home = new Installation(work.resolve("home"), settings);
    System.out.printf("%,d ECU rows, %,d MB%n", rows, Files.size(second) >> 20);
    home.imports(known);
    report("job into a store without ECUs", rows, home.imports(first));
    Path copy = work.resolve("limit.duckdb");
    Files.copy(home.store(), copy, StandardCopyOption.REPLACE_EXISTING);
    Limit.Times limit = Limit.measure(copy, second.toAbsolutePath());
    report("limit: read_csv", rows, limit.read());
    report("limit: merge", rows, limit.merge());
    report("limit: both", rows, limit.all());
    Memory memory = Memory.start();
    double job = home.imports(second);
    report("job into a store with all ECUs", rows, job);
    System.out.printf("share of the limit's rows a second: %.2f%n", limit.all() / job);
    System.out.println(memory.peak());
    return 0;
  }

  static void report(String what, long rows, double seconds) {
    System.out.printf("%-34s %7.1f s %,12.0f rows/s%n", what, seconds, rows / seconds);
  }
}
