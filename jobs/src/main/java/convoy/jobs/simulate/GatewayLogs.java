package convoy.jobs.simulate;

import convoy.writers.status.StatusLogWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The status logs of two gateways; a vehicle always reports to the same one. For one thread. */
final class GatewayLogs {
  private final List<SimulatedReport> csv = new ArrayList<>();
  private final List<SimulatedReport> jsonLines = new ArrayList<>();

  void add(SimulatedReport report) {
    (Math.floorMod(report.event().vin().hashCode(), 2) == 0 ? csv : jsonLines).add(report);
  }

  int events() {
    return csv.size() + jsonLines.size();
  }

  /**
   * Writes them: a CSV file from one gateway, JSON Lines from the other.
   *
   * @return the files; none for a gateway without events
   */
  List<Path> write(Path folder, Instant upTo) throws IOException {
    String stamp = stamp(upTo);
    List<Path> logs = new ArrayList<>();
    write(csv, folder.resolve("status-" + stamp + "-gateway-a.csv"), logs);
    write(jsonLines, folder.resolve("status-" + stamp + "-gateway-b.jsonl"), logs);
    return logs;
  }

  /** The file of the version reports that are sent up to a time. */
  static Path versionReports(Path folder, Instant upTo) {
    return folder.resolve("status-" + stamp(upTo) + "-gateway-a.vvr.jsonl");
  }

  private static String stamp(Instant upTo) {
    return upTo.toString().replace(":", "");
  }

  private static void write(List<SimulatedReport> reports, Path file, List<Path> logs)
      throws IOException {
    if (reports.isEmpty()) {
      return;
    }
    // A gateway collects what arrives; vehicles do not take turns.
    List<SimulatedReport> arrived =
        reports.stream()
            .sorted(
                Comparator.comparing(SimulatedReport::arrivesAfter)
                    .thenComparing(report -> report.event().eventId()))
            .toList();
    try (StatusLogWriter log = new StatusLogWriter(file)) {
      for (SimulatedReport report : arrived) {
        log.write(report.event());
      }
      log.commit();
    }
    logs.add(file);
  }
}
