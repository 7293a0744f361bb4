package convoy.jobs.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.duckdb.VehicleMemory;
import convoy.data.duckdb.VehicleMemory.Unit;
import convoy.data.manifest.ImageEntry;
import convoy.data.trust.CanonicalJson;
import convoy.data.trust.Hashes;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.P256;
import convoy.jobs.simulate.EcuKeys.EcuKey;
import convoy.jobs.simulate.SimulatedAttempt.Target;
import convoy.jobs.simulate.VehicleHistory.Acted;
import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The version reports of vehicles (docs/formats/status-log.md, "Version reports"): one of each that
 * sends something in the time that is played, at the moment of its last event, with those ECUs that
 * its manifests name and that sign with a key on P-256 that is here. The first of them is the
 * primary. Counters are the true time in seconds.
 */
final class SignedReports {
  private final EcuKeys keys;
  private final VehicleMemory memory;
  private final Collection<ImageEntry> images;
  private final VehicleBehaviour behaviour;
  private final SortedMap<String, List<Sent>> vehicles = new TreeMap<>();

  /**
   * What a vehicle did with a manifest.
   *
   * @param arriving those of its events that arrive in the time that is played
   */
  private record Sent(Acted acted, List<SimulatedReport> arriving) {}

  /** An ECU that signs. */
  private record Ecu(Target target, EcuKey key) {}

  /**
   * @param images those that the image repository lists
   */
  SignedReports(
      EcuKeys keys,
      VehicleMemory memory,
      Collection<ImageEntry> images,
      VehicleBehaviour behaviour) {
    this.keys = keys;
    this.memory = memory;
    this.images = images;
    this.behaviour = behaviour;
  }

  void add(Acted acted, List<SimulatedReport> arriving) {
    vehicles
        .computeIfAbsent(acted.attempt().vin(), vin -> new ArrayList<>(2))
        .add(new Sent(acted, arriving));
  }

  /**
   * Writes a report on each line, in the order of the vehicles.
   *
   * @return how many
   */
  int write(OutputStream lines) throws IOException {
    int written = 0;
    for (Map.Entry<String, List<Sent>> vehicle : vehicles.entrySet()) {
      Optional<byte[]> report = report(vehicle.getKey(), vehicle.getValue());
      if (report.isPresent()) {
        lines.write(report.get());
        lines.write('\n');
        written++;
      }
    }
    lines.flush();
    return written;
  }

  private Optional<byte[]> report(String vin, List<Sent> sent) throws IOException {
    Optional<Instant> last = sent.stream().flatMap(SignedReports::arrivals).max(Instant::compareTo);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Instant at = last.get();
    List<Ecu> ecus = ecus(vin, at, sent);
    if (ecus.isEmpty()) {
      return Optional.empty();
    }
    Ecu primary = ecus.get(0);
    String attacks =
        sent.stream()
            .filter(one -> !one.arriving().isEmpty() && one.acted().attack() != null)
            .map(one -> Objects.requireNonNull(one.acted().attack()))
            .distinct()
            .collect(Collectors.joining("; "));
    List<Object> reports = new ArrayList<>();
    for (Ecu ecu : ecus) {
      reports.add(report(ecu, sent, at, ecu.equals(primary) ? attacks : ""));
    }
    return Optional.of(
        CanonicalJson.encode(
            signed(
                primary.key(),
                Map.of(
                    "_type",
                    "vehicle-version-report",
                    "vin",
                    vin,
                    "primary_ecu_serial",
                    primary.target().serial(),
                    "ecu_version_reports",
                    reports))));
  }

  private static Stream<Instant> arrivals(Sent sent) {
    return sent.arriving().stream()
        .map(report -> sent.acted().attempt().issuedAt().plus(report.arrivesAfter()));
  }

  /** Its own, in the order in which the manifests name them first: these may name others' too. */
  private List<Ecu> ecus(String vin, Instant at, List<Sent> sent) throws IOException {
    Set<String> own = memory.ecus(vin, at).stream().map(Unit::serial).collect(Collectors.toSet());
    Map<String, Ecu> ecus = new LinkedHashMap<>();
    for (Sent one : sent) {
      for (Target target : one.acted().attempt().targets()) {
        if (own.contains(target.serial()) && !ecus.containsKey(target.serial())) {
          keys.of(target.serial())
              .filter(key -> key.privateKey() instanceof ECPrivateKey)
              .ifPresent(key -> ecus.put(target.serial(), new Ecu(target, key)));
        }
      }
    }
    return List.copyOf(ecus.values());
  }

  private Map<String, Object> report(Ecu ecu, List<Sent> sent, Instant at, String attacks) {
    Duration clock = behaviour.conduct(sent.get(sent.size() - 1).acted().attempt()).clock();
    return signed(
        ecu.key(),
        Map.of(
            "_type",
            "ecu-version-report",
            "ecu_serial",
            ecu.target().serial(),
            "time",
            IsoSeconds.format(Instant.ofEpochSecond(at.plus(clock).getEpochSecond())),
            "counter",
            at.getEpochSecond(),
            "installed_image",
            image(ecu.target(), runs(ecu.target(), sent, at)),
            "attacks_detected",
            attacks));
  }

  /** The version that an ECU told last by that time, which is the one that it runs. */
  private static String runs(Target target, List<Sent> sent, Instant at) {
    return sent.stream()
        .flatMap(one -> one.acted().play().reports().stream())
        .filter(
            report ->
                !report.happenedAt().isAfter(at)
                    && report.event().module().equals(target.module())
                    && report.event().reportedVersion() != null)
        .max(Comparator.comparing(SimulatedReport::happenedAt))
        .map(report -> Objects.requireNonNull(report.event().reportedVersion()))
        .orElseGet(() -> Objects.requireNonNullElse(target.oldVersion(), ""));
  }

  /** That version's; of one that no update installs, a made-up one. */
  private Map<String, Object> image(Target target, String version) {
    return images.stream()
        .filter(
            image ->
                image.module().equals(target.module())
                    && image.version().equals(version)
                    && (image.hardwareIds().isEmpty()
                        || image.hardwareIds().contains(target.hardware())))
        .findFirst()
        .map(image -> image(version, image.clear().length(), image.clear().sha256()))
        .orElseGet(
            () -> {
              byte[] madeUp = "%s %s".formatted(target.module(), version).getBytes(UTF_8);
              return image(version, madeUp.length, Hashes.sha256(madeUp));
            });
  }

  private static Map<String, Object> image(String name, long length, String sha256) {
    return Map.of("name", name, "length", length, "hashes", Map.of("sha256", sha256));
  }

  private static Map<String, Object> signed(EcuKey key, Map<String, Object> content) {
    try {
      String signature =
          P256.plainSignature(
              ((ECPrivateKey) key.privateKey()).getS(), CanonicalJson.encode(content));
      String keyid = Hashes.sha256(key.certificate().getEncoded());
      return Map.of(
          "signatures", List.of(Map.of("keyid", keyid, "sig", signature)), "signed", content);
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read does not encode", e);
    }
  }
}
