package convoy.jobs.simulate;

import convoy.jobs.simulate.EventRun.Arrival;
import convoy.writers.status.StatusLogWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The status logs of two gateways; a vehicle always reports to the same one. What was added is on
 * disk from {@link #setAside} on. For one thread.
 */
final class GatewayLogs implements AutoCloseable {
  private final Path folder;
  private final Gateway csv = new Gateway();
  private final Gateway jsonLines = new Gateway();

  /**
   * @param folder where the logs go
   */
  GatewayLogs(Path folder) {
    this.folder = folder;
  }

  void add(SimulatedReport report) {
    (Math.floorMod(report.event().vin().hashCode(), 2) == 0 ? csv : jsonLines)
        .add(new Arrival(report.arrivesAfter(), report.event()));
  }

  /** Keeps none of it in memory any more. */
  void setAside() throws IOException {
    csv.setAside(folder);
    jsonLines.setAside(folder);
  }

  int events() {
    return csv.events + jsonLines.events;
  }

  /**
   * Writes them: a CSV file from one gateway, JSON Lines from the other.
   *
   * @return the files; none for a gateway without events
   */
  List<Path> write(Instant upTo) throws IOException {
    String stamp = stamp(upTo);
    List<Path> logs = new ArrayList<>();
    csv.write(folder.resolve("status-" + stamp + "-gateway-a.csv"), logs);
    jsonLines.write(folder.resolve("status-" + stamp + "-gateway-b.jsonl"), logs);
    return logs;
  }

  /** The file of the version reports that are sent up to a time. */
  static Path versionReports(Path folder, Instant upTo) {
    return folder.resolve("status-" + stamp(upTo) + "-gateway-a.vvr.jsonl");
  }

  private static String stamp(Instant upTo) {
    return upTo.toString().replace(":", "");
  }

  @Override
  public void close() throws IOException {
    csv.close();
    jsonLines.close();
  }

  /** A gateway collects what arrives; vehicles do not take turns. */
  private static final class Gateway implements AutoCloseable {
    private static final Comparator<Arrival> IN_ORDER =
        Comparator.comparing(Arrival::after).thenComparing(arrival -> arrival.event().eventId());

    private final List<EventRun> runs = new ArrayList<>();
    private List<Arrival> arrived = new ArrayList<>();
    private int events;

    void add(Arrival arrival) {
      arrived.add(arrival);
      events++;
    }

    void setAside(Path folder) throws IOException {
      if (!arrived.isEmpty()) {
        arrived.sort(IN_ORDER);
        runs.add(new EventRun(folder, arrived));
        arrived = new ArrayList<>();
      }
    }

    void write(Path file, List<Path> logs) throws IOException {
      if (events == 0) {
        return;
      }
      arrived.sort(IN_ORDER);
      List<Iterator<Arrival>> sorted = new ArrayList<>(runs);
      sorted.add(arrived.iterator());
      try (StatusLogWriter log = new StatusLogWriter(file)) {
        merge(sorted, log);
        log.commit();
      }
      logs.add(file);
    }

    /** The next of a run that is in order. */
    private record Head(Arrival arrival, int run) {}

    /** Of equal ones, those of the earlier run come first, as if all had been sorted at once. */
    private static void merge(List<Iterator<Arrival>> runs, StatusLogWriter log)
        throws IOException {
      PriorityQueue<Head> heads =
          new PriorityQueue<>(
              Comparator.comparing(Head::arrival, IN_ORDER).thenComparing(Head::run));
      for (int run = 0; run < runs.size(); run++) {
        if (runs.get(run).hasNext()) {
          heads.add(new Head(runs.get(run).next(), run));
        }
      }
      for (Head head = heads.poll(); head != null; head = heads.poll()) {
        log.write(head.arrival().event());
        Iterator<Arrival> run = runs.get(head.run());
        if (run.hasNext()) {
          heads.add(new Head(run.next(), head.run()));
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (EventRun run : runs) {
        run.close();
      }
    }
  }
}
