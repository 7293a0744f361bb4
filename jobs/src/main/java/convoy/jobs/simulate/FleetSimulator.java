package convoy.jobs.simulate;

import convoy.data.duckdb.VehicleMemory;
import convoy.data.io.AtomicFiles;
import convoy.data.manifest.EncryptedImage;
import convoy.data.vehicle.VinRange;
import convoy.jobs.simulate.VehicleHistory.Acted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays the vehicles: reads the outbox as they would, checks every manifest and image, "installs",
 * and writes the status logs that their gateways would deliver. Nothing is remembered but the time
 * of the last play: what a vehicle does follows from the seed. A range of vehicles is played after
 * the other, so that the memory in use does not grow with the fleet.
 */
public final class FleetSimulator {
  /** Manifests of a range of vehicles, of some kilobytes each in the heap. */
  static final int AT_ONCE = 20_000;

  private final Path outbox;
  private final VehicleBehaviour behaviour;
  private final Memories memories;
  private final EcuKeys keys;
  private final Reporting reporting;
  private final int atOnce;

  /** Looks up what vehicles know of themselves. */
  @FunctionalInterface
  public interface Memories {
    VehicleMemory of(VinRange vins);
  }

  /**
   * What a play came to.
   *
   * @param manifests that the vehicles found in the outbox
   * @param refused those that a vehicle refused, each with the reason and what it reports
   * @param packages key packages that their ECUs opened, with the image that each is for
   * @param events written into the status logs
   * @param reports version reports that vehicles signed
   * @param logs the files that were written
   * @param outcomes by the number of a rule, what becomes of the attempts in the outbox that it
   *     covers, with their number; 0 for those that none covers
   */
  public record Played(
      int manifests,
      List<String> refused,
      int packages,
      int events,
      int reports,
      List<Path> logs,
      Map<Integer, Map<String, Integer>> outcomes) {}

  /**
   * @param keys of the ECUs that open their images and sign; the others have no key to do so
   */
  public FleetSimulator(
      Path outbox,
      VehicleBehaviour behaviour,
      Memories memories,
      EcuKeys keys,
      Reporting reporting) {
    this(outbox, behaviour, memories, keys, reporting, AT_ONCE);
  }

  /**
   * @param atOnce how many manifests are in memory at a time, more or less
   */
  FleetSimulator(
      Path outbox,
      VehicleBehaviour behaviour,
      Memories memories,
      EcuKeys keys,
      Reporting reporting,
      int atOnce) {
    this.outbox = outbox;
    this.reporting = reporting;
    this.behaviour = behaviour;
    this.memories = memories;
    this.keys = keys;
    this.atOnce = atOnce;
  }

  /**
   * Writes what reaches the gateways after one time and up to another.
   *
   * @param inbox where the status logs go: a CSV file from one gateway, JSON Lines from the other
   */
  public Played play(Path inbox, Instant after, Instant upTo) throws IOException {
    OutboxShards shards = new OutboxShards(outbox, atOnce);
    List<VinRange> ranges = shards.ranges();
    if (ranges.isEmpty()) {
      return new Played(0, List.of(), 0, 0, 0, List.of(), noOutcomes());
    }
    try (Round round = new Round(new VehicleCheck(outbox), inbox, after, upTo)) {
      for (VinRange range : ranges) {
        round.play(shards, range);
        if (ranges.size() > 1) {
          round.logs.setAside();
        }
      }
      return round.end();
    }
  }

  /** One play. */
  private final class Round implements AutoCloseable {
    private final VehicleCheck check;
    private final Path inbox;
    private final Instant after;
    private final Instant upTo;
    private final ImageOpening opening = new ImageOpening(keys, FleetSimulator.this::file);
    private final GatewayLogs logs;

    /** The lines of version reports. */
    private final Spill reports;

    private final Map<Integer, Map<String, Integer>> outcomes = noOutcomes();
    private final List<String> refused = new ArrayList<>();
    private int manifests;
    private int signed;

    Round(VehicleCheck check, Path inbox, Instant after, Instant upTo) throws IOException {
      this.check = check;
      this.inbox = inbox;
      this.after = after;
      this.upTo = upTo;
      this.logs = new GatewayLogs(inbox);
      this.reports = new Spill(inbox);
    }

    /** Lets the vehicles of a range meet their manifests, and keeps what they send. */
    void play(OutboxShards shards, VinRange range) throws IOException {
      VehicleMemory memory = memories.of(range);
      ManifestsMet met = new ManifestsMet(behaviour, memory, check, opening);
      shards.forEach(range, met::meet);
      manifests += met.count();
      refused.addAll(met.refused());
      SignedReports reported = new SignedReports(keys, memory, check.images(), behaviour);
      for (Acted acted : met.settle()) {
        List<SimulatedReport> arriving = arriving(acted);
        arriving.forEach(logs::add);
        if (reporting == Reporting.AND_VERSION_REPORTS) {
          reported.add(acted, arriving);
        }
        if (acted.refusal() != null) {
          refused.add(acted.refusal());
        }
        outcomes
            .computeIfAbsent(acted.play().rule(), rule -> new TreeMap<>())
            .merge(acted.play().outcome(), 1, Integer::sum);
      }
      if (reporting == Reporting.AND_VERSION_REPORTS) {
        signed += reported.write(reports.out());
      }
    }

    private List<SimulatedReport> arriving(Acted acted) {
      Instant issuedAt = acted.attempt().issuedAt();
      return acted.play().reports().stream()
          .filter(report -> isBetween(issuedAt.plus(report.arrivesAfter()), after, upTo))
          .toList();
    }

    Played end() throws IOException {
      List<Path> files = new ArrayList<>(logs.write(upTo));
      if (signed > 0) {
        Path file = GatewayLogs.versionReports(inbox, upTo);
        AtomicFiles.write(file, out -> reports.read().transferTo(out));
        files.add(file);
      }
      return new Played(
          manifests, refused, opening.packages(), logs.events(), signed, files, outcomes);
    }

    @Override
    public void close() throws IOException {
      reports.close();
      logs.close();
    }
  }

  /** For each rule of the play. */
  private Map<Integer, Map<String, Integer>> noOutcomes() {
    Map<Integer, Map<String, Integer>> outcomes = new TreeMap<>();
    for (int rule = 1; rule <= behaviour.ruleCount(); rule++) {
      outcomes.put(rule, new TreeMap<>());
    }
    return outcomes;
  }

  private Path file(EncryptedImage image) {
    String uri = image.uri();
    return outbox.resolve("images").resolve(uri.substring(uri.lastIndexOf('/') + 1));
  }

  private static boolean isBetween(Instant time, Instant after, Instant upTo) {
    return time.isAfter(after) && !time.isAfter(upTo);
  }
}
