package convoy.jobs.simulate;

import static java.util.Objects.requireNonNull;

import convoy.data.manifest.DirectorKeys;
import convoy.data.manifest.EncryptedImage;
import convoy.data.manifest.ImageEntry;
import convoy.data.manifest.ImageRepository;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestImage;
import convoy.data.manifest.ManifestRequest;
import convoy.data.manifest.ManifestSigner;
import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.trust.Hashes;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.data.vehicle.Vin;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.PlantExports;
import convoy.jobs.TestHome;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import convoy.jobs.repository.Repositories;
import convoy.writers.manifest.ShardWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Vehicles with one gateway each, for which maps were issued at {@link JobHarness#NOW}, and what
 * someone with the Director's keys may make of their manifests. The last vehicle's gateway has
 * another hardware part, with an image of its own.
 */
final class StrictFleet implements AutoCloseable {
  static final String CAMPAIGN = "maps";
  static final int ALL_AT_ONCE = 1_000;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String EXPORTED_AT = "2026-11-20T22:00:00Z";

  final JobHarness jobs;
  final Map<String, ManifestBundle> genuine;
  private final Map<String, VerifiedManifest> manifests = new TreeMap<>();
  private final Map<KeyRole, SigningKey> keys = new TreeMap<>();
  private final int vehicles;

  StrictFleet(Path folder, int vehicles) throws IOException {
    this.vehicles = vehicles;
    jobs = new JobHarness(TestHome.install(folder.resolve("home"), ""));
    StringBuilder fleet = new StringBuilder(PlantExports.VEHICLES + "\n");
    StringBuilder ecus = new StringBuilder();
    for (int n = 0; n < vehicles; n++) {
      fleet.append(PlantExports.vehicle(vin(n), "Brevik", "DE", EXPORTED_AT) + "\n");
      ecus.append(ecu(n, serial(n), n == vehicles - 1 ? "G-9" : "G-1", EXPORTED_AT));
    }
    take("vehicles.csv", fleet.toString());
    takeEcus("ecus.csv", ecus.toString());
    TestHome.write(jobs.home().root(), definitions());
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
    TestHome.approve(jobs, CAMPAIGN, "bob");
    for (String job :
        List.of(
            MatchEligibilityJobConfiguration.JOB,
            PlanWavesJobConfiguration.JOB,
            IssueManifestsJobConfiguration.JOB)) {
      jobs.summary(job, "night-0");
    }
    genuine = Outbox.bundles(outbox());
    Outbox.manifests(outbox(), JobHarness.NOW).forEach(m -> manifests.put(m.vin(), m));
    Repositories repositories = Repositories.of(jobs.home(), jobs.settings());
    for (KeyRole role :
        List.of(KeyRole.DIRECTOR_TARGETS, KeyRole.DIRECTOR_SNAPSHOT, KeyRole.DIRECTOR_TIMESTAMP)) {
      keys.put(
          role,
          repositories.keys().held(role, repositories.roots().of(role.repository())).get(0).key());
    }
  }

  private static Map<String, String> definitions() {
    return Map.of(
        "updates/a-base.yaml",
            """
            update: base
            version: 1.0.0
            title: What came from the factory
            category: BUG_FIX
            targets:
              - { module: GATEWAY, from: "<3.2.1", to: 3.2.1, image: g-3.2.1.bin }
            """,
        "updates/b-maps.yaml",
            """
            update: maps
            version: 1.0.0
            title: Maps
            category: FEATURE
            targets:
              - module: GATEWAY
                from: "<3.3.0"
                to: 3.3.0
                hardware: [G-1, G-9]
                images:
                  - { hardware: [G-1], image: g-3.3.0.bin }
                  - { hardware: [G-9], image: g9-3.3.0.bin }
            preconditions: { parked: true, battery: 50%, duration: PT30M }
            """,
        "updates/g-3.2.1.bin", "gateway 3.2.1",
        "updates/g-3.3.0.bin", "gateway 3.3.0",
        "updates/g9-3.3.0.bin", "gateway 9 3.3.0",
        "campaigns/maps.yaml",
            """
            campaign: maps
            title: Maps
            update: maps 1.0.0
            author: alice
            urgency: SCHEDULED
            priority: 50
            waves:
              - { name: all, share: rest }
            gate:
              success: 100%
              pause-on-failure: 99%
              abort-on-failure: 100%
              minimum-reports: 100
              silent-after: P7D
            retry: { attempts: 2, backoff: PT12H }
            """);
  }

  static String vin(int n) {
    return Vin.withCheckDigit("WVWKP2BR0RW%06d".formatted(n + 1));
  }

  static String serial(int n) {
    return "GATEWAY-" + vin(n);
  }

  static String ecu(int n, String serial, String hardware, String at) {
    return PlantExports.ecu(vin(n), "GATEWAY", serial, hardware, "3.2.1", at) + "\n";
  }

  /** Takes an export in. */
  void take(String name, String content) throws IOException {
    Path file = jobs.home().inboxManufacturing().resolve(name);
    Files.writeString(file, content);
    JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run " + name));
  }

  /** Takes an export of these ECUs in. */
  void takeEcus(String name, String rows) throws IOException {
    take(name, PlantExports.ECUS + "\n" + rows);
  }

  Path outbox() {
    return jobs.home().outbox();
  }

  /** Puts these manifests where the issued ones were. */
  void lay(Map<String, ManifestBundle> bundles, int shard) throws IOException {
    new ShardWriter().write(outbox(), CAMPAIGN, 1, shard, new TreeMap<>(bundles).values());
  }

  VerifiedManifest manifest(int n) {
    return requireNonNull(manifests.get(vin(n)));
  }

  ManifestBundle bundle(int n) {
    return requireNonNull(genuine.get(vin(n)));
  }

  /** The vehicle's manifest, signed anew with another target. */
  ManifestBundle target(int n, UnaryOperator<ManifestTarget> change) {
    VerifiedManifest m = manifest(n);
    return sign(m, m.version(), m.attempt(), m.issuedAt(), change.apply(m.targets().get(0)));
  }

  ManifestBundle sign(
      VerifiedManifest m, long version, int attempt, Instant issuedAt, ManifestTarget target) {
    return new ManifestSigner(
            new DirectorKeys(
                key(KeyRole.DIRECTOR_TARGETS),
                key(KeyRole.DIRECTOR_SNAPSHOT),
                key(KeyRole.DIRECTOR_TIMESTAMP)))
        .sign(
            new ManifestRequest(
                m.vin(),
                version,
                m.campaign(),
                m.wave(),
                attempt,
                m.correlationId(),
                issuedAt,
                m.expiresAt(),
                m.preconditions(),
                m.owner(),
                List.of(target),
                List.of()));
  }

  /** The image of the base in the place of another, as the image repository has it. */
  ManifestTarget base(ManifestTarget target) throws IOException {
    Map<String, ImageEntry> images =
        ImageRepository.open(outbox().resolve("image"), JobHarness.NOW).targets().images();
    ImageEntry base = requireNonNull(images.get("GATEWAY.1.g-3.2.1.bin"));
    return new ManifestTarget(
        target.ecuSerial(),
        target.hardwareId(),
        null,
        new ManifestImage(
            target.image().module(),
            "GATEWAY.1.g-3.2.1.bin",
            base.clear().length(),
            base.clear().sha256(),
            base.clear().sha512(),
            base.version(),
            base.releaseCounter(),
            new EncryptedImage(
                base.encrypted().length(),
                base.encrypted().sha256(),
                base.encrypted().sha512(),
                "../images/" + base.encrypted().sha256() + ".g-3.2.1.bin.cms"),
            0,
            0));
  }

  /** The bundle with a file whose expiry is another one, signed anew and listed as it is. */
  ManifestBundle expiring(ManifestBundle bundle, String role, String at) {
    Consumer<ObjectNode> expire = signed -> signed.put("expires", at);
    byte[] targets = bundle.targets();
    byte[] snapshot = bundle.snapshot();
    byte[] timestamp = bundle.timestamp();
    if (role.equals("targets")) {
      targets = sign(targets, KeyRole.DIRECTOR_TARGETS, expire);
      snapshot = sign(snapshot, KeyRole.DIRECTOR_SNAPSHOT, listing(targets));
    }
    if (role.equals("snapshot")) {
      snapshot = sign(snapshot, KeyRole.DIRECTOR_SNAPSHOT, expire);
    }
    timestamp =
        sign(
            timestamp,
            KeyRole.DIRECTOR_TIMESTAMP,
            role.equals("timestamp") ? expire : listing(snapshot));
    return new ManifestBundle(bundle.vin(), bundle.version(), targets, snapshot, timestamp);
  }

  private static Consumer<ObjectNode> listing(byte[] listed) {
    return signed -> {
      ObjectNode meta = (ObjectNode) signed.get("meta").iterator().next();
      meta.put("length", listed.length);
      ((ObjectNode) meta.get("hashes")).put("sha256", Hashes.sha256(listed));
    };
  }

  @SuppressWarnings("unchecked")
  private byte[] sign(byte[] file, KeyRole role, Consumer<ObjectNode> change) {
    ObjectNode signed = (ObjectNode) JSON.readTree(file).get("signed");
    change.accept(signed);
    Map<String, Object> content = JSON.treeToValue(signed, Map.class);
    return SignedDocument.sign(content, List.of(key(role)));
  }

  private SigningKey key(KeyRole role) {
    return requireNonNull(keys.get(role));
  }

  /** Files of another vehicle, or of nobody, under a vehicle's name. */
  static ManifestBundle under(String vin, ManifestBundle other) {
    return new ManifestBundle(
        vin, other.version(), other.targets(), other.snapshot(), other.timestamp());
  }

  static byte[] edited(byte[] file, String from, String to) {
    String text = new String(file, StandardCharsets.UTF_8);
    if (!text.contains(from)) {
      throw new IllegalArgumentException(from + " is not in " + text);
    }
    return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
  }

  /** Lets the vehicles act, all in order but for the rules. */
  FleetSimulator.Played play(String rules, Path inbox, Duration from, Duration to)
      throws IOException {
    return play(rules, Reporting.STATUS_LOGS, inbox, from, to, ALL_AT_ONCE);
  }

  /**
   * @param atOnce how many manifests are in memory at a time, more or less
   */
  FleetSimulator.Played play(
      String rules, Reporting reporting, Path inbox, Duration from, Duration to, int atOnce)
      throws IOException {
    return Simulators.inOrder(jobs, 1, rules, reporting, atOnce)
        .play(inbox, JobHarness.NOW.plus(from), JobHarness.NOW.plus(to));
  }

  int vehicles() {
    return vehicles;
  }

  @Override
  public void close() {
    jobs.close();
  }
}
