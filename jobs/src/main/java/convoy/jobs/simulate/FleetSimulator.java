package convoy.jobs.simulate;

import convoy.data.duckdb.VehicleMemory;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.EncryptedImage;
import convoy.data.manifest.KnownEcu;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestClaims;
import convoy.data.manifest.ManifestPart;
import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.RefusedManifest;
import convoy.data.manifest.Repository;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.status.ReportedState;
import convoy.jobs.simulate.VehicleHistory.Acted;
import convoy.readers.manifest.ShardReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plays the vehicles: reads the outbox as they would, checks every manifest and image, "installs",
 * and writes the status logs that their gateways would deliver. Nothing is remembered but the time
 * of the last play: what a vehicle does follows from the seed.
 */
public final class FleetSimulator {
  private final Path outbox;
  private final VehicleBehaviour behaviour;
  private final VehicleMemory memory;
  private final EcuKeys keys;
  private final Reporting reporting;

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

  /** Vehicles that send status events alone. */
  public FleetSimulator(
      Path outbox, VehicleBehaviour behaviour, VehicleMemory memory, EcuKeys keys) {
    this(outbox, behaviour, memory, keys, Reporting.STATUS_LOGS);
  }

  /**
   * @param keys of the ECUs that open their images and sign; the others have no key to do so
   */
  public FleetSimulator(
      Path outbox,
      VehicleBehaviour behaviour,
      VehicleMemory memory,
      EcuKeys keys,
      Reporting reporting) {
    this.outbox = outbox;
    this.reporting = reporting;
    this.behaviour = behaviour;
    this.memory = memory;
    this.keys = keys;
  }

  /**
   * Writes what reaches the gateways after one time and up to another.
   *
   * @param inbox where the status logs go: a CSV file from one gateway, JSON Lines from the other
   */
  public Played play(Path inbox, Instant after, Instant upTo) throws IOException {
    List<Path> shards = shards();
    if (shards.isEmpty()) {
      return new Played(0, List.of(), 0, 0, 0, List.of(), outcomes(List.of()));
    }
    Round round = new Round(new VehicleCheck(outbox), after, upTo);
    for (Path shard : shards) {
      try (ShardReader reader = ShardReader.open(shard)) {
        for (ManifestBundle bundle : reader) {
          round.meet(bundle);
        }
      }
    }
    return round.end(inbox);
  }

  /** One play. */
  private final class Round {
    private final VehicleCheck check;
    private final Instant after;
    private final Instant upTo;
    private final VehicleHistory history = new VehicleHistory();
    private final ImageOpening opening = new ImageOpening(keys, FleetSimulator.this::file);

    /** Of manifests that say of no attempt that they are for it, why they are refused. */
    private final List<String> refused = new ArrayList<>();

    private int manifests;

    Round(VehicleCheck check, Instant after, Instant upTo) {
      this.check = check;
      this.after = after;
      this.upTo = upTo;
    }

    /** A vehicle meets its manifest. */
    void meet(ManifestBundle bundle) throws IOException {
      manifests++;
      ManifestClaims claims;
      VehicleMemory.Vehicle vehicle;
      try {
        claims = ManifestClaims.read(bundle);
        vehicle = memory.vehicle(bundle.vin()).orElseThrow(() -> unknown(bundle));
      } catch (ConvoyException e) {
        refused.add(line(bundle.vin(), e, "nothing, as it does not say about what"));
        return;
      }
      if (claims.parts().isEmpty()) {
        meetNothing(bundle, claims.issuedAt());
        return;
      }
      List<SimulatedAttempt> claimed = SimulatedAttempts.of(bundle.vin(), claims, vehicle, memory);
      // It reads all of it at once, when it reads the first.
      Conduct conduct = behaviour.conduct(claimed.get(0));
      Instant reads = behaviour.reads(claimed.get(0));
      try {
        act(
            check.verify(bundle, reads.plus(conduct.clock())),
            claimed,
            SimulatedAttempts.ecus(claimed, memory.ecus(bundle.vin(), reads), behaviour));
      } catch (ConvoyException e) {
        RefusedManifest problem = RefusedManifest.of(e);
        claimed.forEach(attempt -> history.refused(refuses(attempt, problem)));
      }
    }

    /** It withdraws what came before; there is no module to report on. */
    private void meetNothing(ManifestBundle bundle, Instant issuedAt) throws IOException {
      try {
        VerifiedManifest manifest = check.verify(bundle, issuedAt);
        took(manifest, manifest.all(), List.of());
      } catch (ConvoyException e) {
        refused.add(line(bundle.vin(), e, "nothing, as it names no module"));
      }
    }

    /** The parts are independent: what is wrong with one keeps no other back. */
    private void act(
        VerifiedManifest manifest, List<SimulatedAttempt> claimed, Map<String, KnownEcu> ecus)
        throws IOException {
      List<ManifestTarget> taken = new ArrayList<>();
      List<Acted> acts = new ArrayList<>();
      for (ManifestPart part : manifest.parts()) {
        SimulatedAttempt claim =
            claimed.stream()
                .filter(attempt -> attempt.campaign().equals(part.campaign()))
                .findFirst()
                .orElseThrow();
        try {
          manifest.requireFits(part.targets(), ecus);
        } catch (RefusedManifest e) {
          history.refused(refuses(claim, e));
          continue;
        }
        taken.addAll(part.targets());
        acts.add(act(manifest, part, SimulatedAttempts.of(manifest, part, claim)));
      }
      if (!acts.isEmpty()) {
        took(manifest, taken, acts);
      }
    }

    private Acted act(VerifiedManifest manifest, ManifestPart part, SimulatedAttempt attempt)
        throws IOException {
      Optional<ImageOpening.Refusal> refusal = opening.refusal(part.targets());
      VehicleBehaviour.Play play =
          refusal
              .map(
                  r ->
                      behaviour.refuses(
                          attempt, r.target().image().module(), r.fault().failure(), r.reason()))
              .orElseGet(() -> behaviour.play(attempt));
      return acted(attempt, play, refusal.map(found -> line(manifest, found)).orElse(null), null);
    }

    private void took(VerifiedManifest manifest, List<ManifestTarget> targets, List<Acted> acts) {
      history.took(
          manifest.taken(targets), acts, manifest.targets().isEmpty() ? manifest.campaign() : null);
    }

    /** Nothing is downloaded, and all of it is refused; the event is about the ECU in question. */
    private Acted refuses(SimulatedAttempt attempt, RefusedManifest problem) {
      String code = problem.refusal().name();
      String reason = String.valueOf(problem.getMessage());
      return acted(
          attempt,
          behaviour.refuses(
              attempt,
              attempt.module(problem.ecuSerial()),
              new Failure(code, ReportedState.RECEIVED, false),
              reason),
          line(attempt.vin(), problem, code),
          problem.refusal().isAttack() ? reason : null);
    }

    /** Only what arrives in the time that is played is kept, unless ECUs report what they run. */
    private Acted acted(
        SimulatedAttempt attempt,
        VehicleBehaviour.Play play,
        @Nullable String refusal,
        @Nullable String attack) {
      Acted acted = new Acted(attempt, play, refusal, attack);
      return reporting == Reporting.STATUS_LOGS ? acted.with(arriving(acted)) : acted;
    }

    private List<SimulatedReport> arriving(Acted acted) {
      Instant issuedAt = acted.attempt().issuedAt();
      return acted.play().reports().stream()
          .filter(report -> isBetween(issuedAt.plus(report.arrivesAfter()), after, upTo))
          .toList();
    }

    Played end(Path inbox) throws IOException {
      List<Acted> acts = history.settle(this::refuses);
      GatewayLogs logs = new GatewayLogs();
      SignedReports signed = new SignedReports(keys, memory, check.images(), behaviour);
      for (Acted acted : acts) {
        List<SimulatedReport> arriving = arriving(acted);
        arriving.forEach(logs::add);
        if (reporting == Reporting.AND_VERSION_REPORTS) {
          signed.add(acted, arriving);
        }
        if (acted.refusal() != null) {
          refused.add(acted.refusal());
        }
      }
      List<Path> files = new ArrayList<>(logs.write(inbox, upTo));
      Path reports = GatewayLogs.versionReports(inbox, upTo);
      int written = signed.write(reports);
      if (written > 0) {
        files.add(reports);
      }
      return new Played(
          manifests, refused, opening.packages(), logs.events(), written, files, outcomes(acts));
    }
  }

  private Map<Integer, Map<String, Integer>> outcomes(List<Acted> acts) {
    Map<Integer, Map<String, Integer>> outcomes = new TreeMap<>();
    for (int rule = 1; rule <= behaviour.ruleCount(); rule++) {
      outcomes.put(rule, new TreeMap<>());
    }
    acts.forEach(
        acted ->
            outcomes
                .computeIfAbsent(acted.play().rule(), rule -> new TreeMap<>())
                .merge(acted.play().outcome(), 1, Integer::sum));
    return outcomes;
  }

  private static ConvoyException unknown(ManifestBundle bundle) {
    return new ConvoyException(
        ErrorCode.NOT_TRUSTED,
        "%s version %d: no vehicle here has this VIN, expected one that was given a manifest"
            .formatted(bundle.vin(), bundle.version()));
  }

  private static String line(String vin, ConvoyException problem, String reported) {
    String message = String.valueOf(problem.getMessage());
    return "%s%s: it reports %s"
        .formatted(message.startsWith(vin) ? "" : vin + ": ", message, reported);
  }

  private static String line(VerifiedManifest manifest, ImageOpening.Refusal refusal) {
    return "%s: version %d: ECU '%s': %s: it reports %s"
        .formatted(
            manifest.vin(),
            manifest.version(),
            refusal.target().ecuSerial(),
            refusal.reason(),
            refusal.fault());
  }

  private List<Path> shards() throws IOException {
    Path director = outbox.resolve(Repository.DIRECTOR.folder());
    if (!Files.isDirectory(director)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(director)) {
      return files
          .filter(file -> file.getFileName().toString().matches("shard-\\d+\\.zip"))
          .sorted()
          .toList();
    }
  }

  private Path file(EncryptedImage image) {
    String uri = image.uri();
    return outbox.resolve("images").resolve(uri.substring(uri.lastIndexOf('/') + 1));
  }

  private static boolean isBetween(Instant time, Instant after, Instant upTo) {
    return time.isAfter(after) && !time.isAfter(upTo);
  }
}
