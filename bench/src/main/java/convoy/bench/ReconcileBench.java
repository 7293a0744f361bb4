package convoy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "reconcile",
    description = {
      "Reconciles status events and signed version reports of issued manifests by ./convoy nightly, in fleets of growing",
      "size, beside what DuckDB alone takes for the same file and beside bare checks of the same signatures."
    })
final class ReconcileBench implements Callable<Integer> {
  @Option(names = "--fleets", split = ",", defaultValue = "100000,1000000")
  private List<Integer> fleets = List.of();

  @Option(
      names = "--events",
      defaultValue = "100000",
      description = "Status events, four of a vehicle; 0 for none.")
  private int events;

  @Option(
      names = "--reports",
      defaultValue = "0",
      description = "Vehicles with a version report of two ECUs; three signatures each.")
  private int reports;

  @Option(
      names = "--work",
      defaultValue = "bench/target/reconcile",
      description = "A folder to work in.")
  private Path work = Path.of("");

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    for (int fleet : fleets) {
      Folders.empty(work);
      Path home = work.resolve("home");
      IssuedFleet.make(home, fleet, work.resolve("out.txt"));
      System.out.printf("%,d vehicles, each with a manifest of two ECUs%n", fleet);
      if (events > 0) {
        events(home, fleet);
      }
      if (reports > 0) {
        reports(home);
      }
    }
    return 0;
  }

  private void events(Path home, int fleet) throws IOException, SQLException, InterruptedException {
    int vehicles = events / IssuedFleet.EVENTS;
    if (vehicles > fleet) {
      throw new IllegalArgumentException(
          "%,d events of %,d vehicles: expected at most %,d"
              .formatted(events, fleet, fleet * IssuedFleet.EVENTS));
    }
    Path log = work.resolve("status.csv");
    IssuedFleet.writeEvents(home, log, vehicles);
    Path copy = work.resolve("limit.duckdb");
    Files.copy(IssuedFleet.store(home), copy, StandardCopyOption.REPLACE_EXISTING);
    double limit = BareReconciliation.measure(copy, log.toAbsolutePath());
    Files.delete(copy);
    Map<String, Double> jobs = night(home, log);
    double read = jobs.getOrDefault("readStatusLog", 0.0);
    double fold = jobs.getOrDefault("reconcileStatus", 0.0);
    ImportBench.report("limit: read_csv, insert, update", events, limit);
    ImportBench.report("readStatusLog", events, read);
    ImportBench.report("reconcileStatus", events, fold);
    ImportBench.report("both", events, read + fold);
    System.out.printf("share of the limit's rows a second: %.2f%n", limit / (read + fold));
    IssuedFleet.requireReconciled(home, vehicles);
  }

  private void reports(Path home) throws IOException, SQLException, InterruptedException {
    SignedReports signed = SignedReports.make(home, reports, work);
    double bare = signed.bare();
    Map<String, Double> jobs = night(home, signed.file());
    double read = jobs.getOrDefault("readVersionReports", 0.0);
    double fold = jobs.getOrDefault("reconcileStatus", 0.0);
    ImportBench.report("bare checks of the signatures", signed.signatures(), bare);
    ImportBench.report("readVersionReports", signed.signatures(), read);
    System.out.printf("reconcileStatus after it %20.1f s%n", fold);
    System.out.printf("share of the bare checks: %.2f%n", bare / read);
    IssuedFleet.require(
        home, "select count(*) from version_report", (long) reports * IssuedFleet.MODULES.size());
  }

  /** A nightly run with that file in the inbox; the seconds of each of its jobs, by name. */
  private Map<String, Double> night(Path home, Path file) throws IOException, InterruptedException {
    Path in = home.resolve("inbox").resolve("status").resolve(file.getFileName());
    Files.copy(file, in, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(in, FileTime.from(Instant.now().minusSeconds(3600)));
    JobLog before = JobLog.of(home);
    Launcher.Measured night = Launcher.measure(home, work, "nightly");
    System.out.printf("./convoy nightly %.1f s; %s%n", night.seconds(), night.memory());
    return JobLog.of(home).since(before);
  }
}
