package convoy.jobs.simulate;

import convoy.data.duckdb.VehicleMemory;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.FileDigest;
import convoy.data.manifest.EncryptedImage;
import convoy.data.manifest.ImageRepository;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.ManifestVerifier;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChain;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.status.StatusEvent;
import convoy.readers.manifest.ShardReader;
import convoy.writers.status.StatusLogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

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

  /** What became of one manifest, unless its vehicle refuses it. */
  private record Acted(String vin, long version, int rule, String outcome) {}

  /**
   * What a play came to.
   *
   * @param manifests that the vehicles found in the outbox
   * @param refused those that a vehicle refused, each with the reason
   * @param packages key packages that their ECUs opened, with the image that each is for
   * @param events written into the status logs
   * @param logs the files that were written
   * @param outcomes by the number of a rule, what becomes of the attempts in the outbox that it
   *     covers, with their number; 0 for those that none covers
   */
  public record Played(
      int manifests,
      List<String> refused,
      int packages,
      int events,
      List<Path> logs,
      Map<Integer, Map<String, Integer>> outcomes) {}

  /**
   * @param keys of the ECUs that open their images; the others have no key to do so
   */
  public FleetSimulator(
      Path outbox, VehicleBehaviour behaviour, VehicleMemory memory, EcuKeys keys) {
    this.outbox = outbox;
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
    Path director = outbox.resolve(Repository.DIRECTOR.folder());
    ManifestVerifier verifier = new ManifestVerifier(RootChain.latest(director));
    ImageRepository repository =
        ImageRepository.open(outbox.resolve(Repository.IMAGE.folder()), upTo);
    List<String> refused = new ArrayList<>();
    List<SimulatedReport> csv = new ArrayList<>();
    List<SimulatedReport> jsonLines = new ArrayList<>();
    Map<String, Boolean> images = new HashMap<>();
    Map<String, List<VerifiedManifest>> withdrawals = new HashMap<>();
    TakenReleases taken = new TakenReleases();
    List<Acted> plays = new ArrayList<>();
    ImageOpening opening = new ImageOpening(keys, this::file);
    int manifests = 0;
    for (Path shard : shards()) {
      try (ShardReader reader = ShardReader.open(shard)) {
        for (ManifestBundle bundle : reader) {
          manifests++;
          try {
            VerifiedManifest manifest =
                verifier
                    .verify(bundle.vin(), bundle, issuedAt(verifier, bundle), null)
                    .requireMatch(repository.targets());
            requireImages(manifest, images);
            if (manifest.targets().isEmpty()) {
              withdrawals.computeIfAbsent(manifest.vin(), vin -> new ArrayList<>()).add(manifest);
              continue;
            }
            SimulatedAttempt attempt = attempt(manifest);
            Optional<ImageOpening.Refusal> refusal = opening.refusal(manifest);
            taken.add(manifest);
            refusal.ifPresent(found -> refused.add(line(manifest, found)));
            VehicleBehaviour.Play play =
                refusal
                    .map(r -> behaviour.refuses(attempt, r.target().image().module(), r.fault()))
                    .orElseGet(() -> behaviour.play(attempt));
            plays.add(new Acted(manifest.vin(), manifest.version(), play.rule(), play.outcome()));
            List<SimulatedReport> log =
                Math.floorMod(bundle.vin().hashCode(), 2) == 0 ? csv : jsonLines;
            for (SimulatedReport report : play.reports()) {
              if (isBetween(manifest.issuedAt().plus(report.arrivesAfter()), after, upTo)) {
                log.add(report);
              }
            }
          } catch (ConvoyException e) {
            refused.add(bundle.vin() + ": " + e.getMessage());
          }
        }
      }
    }
    // In whatever order the shards were read, a vehicle takes its manifests in that of versions.
    refused.addAll(taken.refused());
    for (List<SimulatedReport> reports : List.of(csv, jsonLines)) {
      reports.removeIf(report -> isWithdrawn(report, withdrawals));
      reports.removeIf(
          report -> taken.isRefused(report.event().vin(), report.event().manifestVersion()));
    }
    plays.removeIf(acted -> taken.isRefused(acted.vin(), acted.version()));
    List<Path> logs = new ArrayList<>();
    String stamp = upTo.toString().replace(":", "");
    write(csv, inbox.resolve("status-" + stamp + "-gateway-a.csv"), logs);
    write(jsonLines, inbox.resolve("status-" + stamp + "-gateway-b.jsonl"), logs);
    return new Played(
        manifests,
        refused,
        opening.packages(),
        csv.size() + jsonLines.size(),
        logs,
        outcomes(plays));
  }

  private Map<Integer, Map<String, Integer>> outcomes(List<Acted> plays) {
    Map<Integer, Map<String, Integer>> outcomes = new TreeMap<>();
    for (int rule = 1; rule <= behaviour.ruleCount(); rule++) {
      outcomes.put(rule, new TreeMap<>());
    }
    plays.forEach(
        acted ->
            outcomes
                .computeIfAbsent(acted.rule(), rule -> new TreeMap<>())
                .merge(acted.outcome(), 1, Integer::sum));
    return outcomes;
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

  /** A vehicle that is told to install nothing does nothing more for what it was told before. */
  private static boolean isWithdrawn(
      SimulatedReport report, Map<String, List<VerifiedManifest>> withdrawals) {
    StatusEvent event = report.event();
    return withdrawals.getOrDefault(event.vin(), List.of()).stream()
        .anyMatch(
            w ->
                w.version() > event.manifestVersion()
                    && !report.happenedAt().isBefore(w.issuedAt()));
  }

  /** The vehicle reads a manifest soon after it was issued, so it is not expired then. */
  private static Instant issuedAt(ManifestVerifier verifier, ManifestBundle bundle) {
    return verifier.verifyTargetsFile(bundle.vin(), bundle.targets(), Instant.EPOCH).issuedAt();
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

  private void requireImages(VerifiedManifest manifest, Map<String, Boolean> known)
      throws IOException {
    for (ManifestTarget target : manifest.targets()) {
      EncryptedImage image = target.image().encrypted();
      Path file = file(image);
      if (!known.containsKey(image.sha256())) {
        known.put(
            image.sha256(),
            Files.isRegularFile(file)
                && FileDigest.of(file)
                    .equals(new FileDigest(image.length(), image.sha256(), image.sha512())));
      }
      if (!known.get(image.sha256())) {
        throw new ConvoyException(
            ErrorCode.NOT_TRUSTED,
            "image %s is not the one that the manifest names".formatted(target.image().fileName()));
      }
    }
  }

  private Path file(EncryptedImage image) {
    String uri = image.uri();
    return outbox.resolve("images").resolve(uri.substring(uri.lastIndexOf('/') + 1));
  }

  private SimulatedAttempt attempt(VerifiedManifest manifest) {
    List<SimulatedAttempt.Target> targets =
        manifest.targets().stream()
            .map(
                target ->
                    new SimulatedAttempt.Target(
                        target.image().module(),
                        target.hardwareId(),
                        target.image().version(),
                        memory.versionBefore(
                            manifest.vin(), manifest.version(), target.image().module())))
            .toList();
    VehicleMemory.Vehicle vehicle = memory.vehicle(manifest.vin());
    return new SimulatedAttempt(
        manifest.vin(),
        vehicle.model(),
        vehicle.region(),
        manifest.campaign(),
        manifest.wave(),
        manifest.version(),
        manifest.attempt(),
        targets,
        manifest.issuedAt(),
        manifest.owner().consent(),
        memory.isRollback(manifest.vin(), manifest.version())
            ? SimulatedAttempt.Kind.ROLLBACK
            : SimulatedAttempt.Kind.UPDATE);
  }

  private static boolean isBetween(Instant time, Instant after, Instant upTo) {
    return time.isAfter(after) && !time.isAfter(upTo);
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
