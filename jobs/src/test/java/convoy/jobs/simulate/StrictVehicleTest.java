package convoy.jobs.simulate;

import static convoy.jobs.simulate.StrictFleet.edited;
import static convoy.jobs.simulate.StrictFleet.serial;
import static convoy.jobs.simulate.StrictFleet.under;
import static convoy.jobs.simulate.StrictFleet.vin;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.VehicleHistory;
import convoy.data.image.ImageKey;
import convoy.data.image.KeySealer;
import convoy.data.image.RecipientCertificate;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestImage;
import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.status.StatusRow;
import convoy.jobs.JobHarness;
import convoy.jobs.PlantExports;
import convoy.jobs.TestHome;
import convoy.jobs.reconcilestatus.ReadStatusLogJobConfiguration;
import convoy.jobs.reconcilestatus.ReadVersionReportsJobConfiguration;
import convoy.jobs.reconcilestatus.ReconcileStatusJobConfiguration;
import convoy.jobs.samples.SampleData;
import convoy.jobs.samples.SampleSpec;
import convoy.readers.status.StatusLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * What a vehicle must refuse (docs/formats/update-manifest.md, "What a vehicle checks"), each by a
 * vehicle of its own: what it reports, and what that comes to.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StrictVehicleTest {
  private static final String NOW = "2026-11-21T01:30:01Z";

  /** The vehicle's number; what is done to it; its last event; its assignment a day later. */
  private static final String TABLE =
      """
      0  nothing                                   | INSTALLED                     | INSTALLED -
      1  its timestamp ran out                     | FAILED MANIFEST_EXPIRED       | RETRY_DUE MANIFEST_EXPIRED
      2  its snapshot ran out                      | FAILED MANIFEST_EXPIRED       | RETRY_DUE MANIFEST_EXPIRED
      3  its targets ran out                       | FAILED MANIFEST_EXPIRED       | RETRY_DUE MANIFEST_EXPIRED
      4  a timestamp that nobody signed            | FAILED MANIFEST_REFUSED       | FAILED MANIFEST_REFUSED
      5  another vehicle's manifest                | FAILED MANIFEST_REFUSED       | FAILED MANIFEST_REFUSED
      6  a lower version than it took              | FAILED MANIFEST_REFUSED       | FAILED MANIFEST_REFUSED
      7  another content of the version it took    | INSTALLED + MANIFEST_REFUSED  | INSTALLED -
      8  a lower release counter than it took      | INSTALLED + MANIFEST_REFUSED  | INSTALLED -
      9  an image for other hardware               | FAILED WRONG_HARDWARE         | FAILED WRONG_HARDWARE
      10 another part was built in since           | FAILED WRONG_HARDWARE         | FAILED WRONG_HARDWARE
      11 a rule: it has another part               | FAILED WRONG_HARDWARE         | FAILED WRONG_HARDWARE
      12 an ECU of another vehicle                 | FAILED ECU_UNKNOWN            | FAILED ECU_UNKNOWN
      13 another unit was built in since           | FAILED ECU_UNKNOWN            | FAILED ECU_UNKNOWN
      14 a rule: its clock is years ahead          | FAILED MANIFEST_EXPIRED       | ISSUED -
      15 a rule: its battery is low                | DOWNLOADED                    | IN_PROGRESS -
      16 a rule: it is never parked                | DOWNLOADED                    | IN_PROGRESS -
      17 a rule: it is not parked long enough      | DOWNLOADED                    | IN_PROGRESS -
      18 a length that the image repository denies | FAILED MANIFEST_REFUSED       | FAILED MANIFEST_REFUSED
      19 a targets file that cannot be read        | -                             | ISSUED -
      20 a key package that does not open          | FAILED KEY_PACKAGE_REFUSED    | FAILED KEY_PACKAGE_REFUSED
      21 an image that is damaged                  | FAILED VERIFY_FAILED          | RETRY_DUE VERIFY_FAILED
      """;

  private static final String RULES =
      """
      rules:
        - { vin: [%s], has-hardware: G-2 }
        - { vin: [%s], clock: P1500D }
        - { vin: [%s], battery: 49%% }
        - { vin: [%s], parked: PT0S }
        - { vin: [%s], parked: PT10M }
      """
          .formatted(vin(11), vin(14), vin(15), vin(16), vin(17));

  private final StrictFleet fleet;

  StrictVehicleTest(@TempDir Path folder) throws Exception {
    fleet = new StrictFleet(folder, 22);
    fleet.lay(manifests(), 0);
    fleet.lay(earlier(), 1);
    fleet.lay(later(), 2);
    String since = "2026-11-21T01:30:00Z";
    fleet.takeEcus(
        "workshop.csv",
        StrictFleet.ecu(10, serial(10), "G-2", since)
            + StrictFleet.ecu(13, "GATEWAY-NEW", "G-1", since));
    certify(0, 1, 4, 6);
    String image = fleet.manifest(21).targets().get(0).image().encrypted().sha256();
    for (Path file : TestHome.files(fleet.outbox().resolve("images"))) {
      if (file.toString().startsWith(image)) {
        Files.writeString(fleet.outbox().resolve("images").resolve(file), "damaged");
      }
    }
  }

  private Map<String, ManifestBundle> manifests() throws Exception {
    Map<String, ManifestBundle> all = new TreeMap<>(fleet.genuine);
    List<String> roles = List.of("timestamp", "snapshot", "targets");
    for (int n = 1; n <= 3; n++) {
      all.put(vin(n), fleet.expiring(fleet.bundle(n), roles.get(n - 1), NOW));
    }
    ManifestBundle fourth = fleet.bundle(4);
    all.put(
        vin(4),
        new ManifestBundle(
            vin(4),
            1,
            fourth.targets(),
            fourth.snapshot(),
            edited(fourth.timestamp(), "\"expires\":\"2026", "\"expires\":\"2027")));
    all.put(vin(5), under(vin(5), fleet.bundle(0)));
    ManifestTarget another = fleet.manifest(21).targets().get(0);
    all.put(
        vin(9),
        fleet.target(9, t -> with(another, t.ecuSerial(), "G-9", another.image().length(), null)));
    all.put(
        vin(12),
        fleet.target(12, t -> with(t, serial(0), "G-1", t.image().length(), t.keyPackage())));
    all.put(vin(18), fleet.target(18, t -> with(t, t.ecuSerial(), "G-1", 999, t.keyPackage())));
    ManifestBundle last = fleet.bundle(19);
    all.put(
        vin(19),
        new ManifestBundle(vin(19), 1, new byte[] {'{'}, last.snapshot(), last.timestamp()));
    String sealed = sealedForAnother();
    all.put(
        vin(20), fleet.target(20, t -> with(t, t.ecuSerial(), "G-1", t.image().length(), sealed)));
    return all;
  }

  /** The vehicle has its own key; the package is for the key of another. */
  private String sealedForAnother() throws Exception {
    Path keys = fleet.jobs.home().root().resolve("simulator/ecu-keys");
    SampleData.writeWithEcuKeys(
        fleet.jobs.home().root().resolve("exports"),
        new SampleSpec(7, 80, 0, JobHarness.NOW.minus(Duration.ofDays(1))),
        keys);
    byte[] other = new EcuKeys(keys).of("ABSW0000020").orElseThrow().certificate().getEncoded();
    Files.move(keys.resolve("ABSW0000019.pem"), keys.resolve(EcuKeys.fileName(serial(20))));
    return Base64.getEncoder()
        .encodeToString(
            new KeySealer(new ImageKey("0f".repeat(32))).seal(RecipientCertificate.of(other)));
  }

  private static ManifestTarget with(
      ManifestTarget t, String serial, String hardware, long length, @Nullable String sealed) {
    ManifestImage image = t.image();
    return new ManifestTarget(
        serial,
        hardware,
        sealed,
        new ManifestImage(
            image.module(),
            image.fileName(),
            length,
            image.sha256(),
            image.sha512(),
            image.version(),
            image.releaseCounter(),
            image.encrypted(),
            image.installOrder(),
            image.installGroup()));
  }

  private Map<String, ManifestBundle> earlier() {
    VerifiedManifest m = fleet.manifest(6);
    return Map.of(
        vin(6), fleet.sign(m, 7, 2, JobHarness.NOW.minus(Duration.ofHours(1)), m.targets().get(0)));
  }

  private Map<String, ManifestBundle> later() throws IOException {
    VerifiedManifest seventh = fleet.manifest(7);
    VerifiedManifest eighth = fleet.manifest(8);
    var at = JobHarness.NOW.plus(Duration.ofHours(1));
    return Map.of(
        vin(7), fleet.sign(seventh, 1, 1, at, seventh.targets().get(0)),
        vin(8), fleet.sign(eighth, 2, 1, at, fleet.base(eighth.targets().get(0))));
  }

  private static String column(String row, int column) {
    return row.split("\\|", -1)[column].strip();
  }

  private static List<String> table(int column) {
    return TABLE.lines().map(row -> vinOf(row) + " " + column(row, column)).sorted().toList();
  }

  private static String vinOf(String row) {
    return vin(Integer.parseInt(row.substring(0, 2).strip()));
  }

  @Test
  @Order(1)
  void eachIsRefusedReportedAndReconciled(@TempDir Path again) throws IOException {
    Path inbox = fleet.jobs.home().inboxStatus();
    FleetSimulator.Played played =
        fleet.play(RULES, inbox, Duration.ofHours(-2), Duration.ofHours(23));
    FleetSimulator.Played second =
        fleet.play(
            RULES, Reporting.STATUS_LOGS, again, Duration.ofHours(-2), Duration.ofHours(23), 3);
    requireSame(second, played);
    assertThat(ends(played.logs())).isEqualTo(table(1));
    assertThat(played.refused())
        .hasSize(18)
        .anyMatch(
            line ->
                line.matches(
                    vin(1)
                        + "/timestamp.json: expired at 2026-11-21T01:30:01Z, and it is 2026-11-21T\\S+Z:"
                        + " it reports MANIFEST_EXPIRED"))
        .contains(
            vin(5)
                + "/timestamp.json: signed.custom.vin: found '"
                + vin(0)
                + "', expected this vehicle, '"
                + vin(5)
                + "': it reports MANIFEST_REFUSED",
            vin(6)
                + " version 1: older than version 7, which this vehicle has seen: it reports"
                + " MANIFEST_REFUSED",
            vin(8)
                + " version 2: ECU '"
                + serial(8)
                + "': release counter 1, expected 2 or more, which it has taken before: it reports"
                + " MANIFEST_REFUSED",
            vin(10)
                + " version 1: ECU '"
                + serial(10)
                + "': image for hardware 'G-1', expected its own, 'G-2': it reports"
                + " WRONG_HARDWARE",
            vin(13)
                + " version 1: ECU '"
                + serial(13)
                + "': not an ECU of this vehicle, expected one of its own: it reports ECU_UNKNOWN");
    assertThat(played.outcomes().get(1)).isEqualTo(Map.of("WRONG_HARDWARE", 1));
    assertThat(played.outcomes().get(4)).isEqualTo(Map.of("NOT_PARKED", 1));

    reconcile(played, Duration.ofDays(1), "night-1");
    assertThat(assignments()).isEqualTo(table(2));
    assertThat(fleet.jobs.sql().rows("select distinct rule, column_name from quarantine"))
        .containsExactly("EVENT_TIME|at");
    assertThat(fleet.jobs.<List<VehicleHistory.Rejection>>with(s -> rejections(s, 14)))
        .as("why the vehicle whose clock is years ahead is silent")
        .isNotEmpty()
        .allSatisfy(
            rejection -> {
              assertThat(rejection.found()).startsWith("2030-12-");
              assertThat(rejection.expected()).isEqualTo("a time not after 2026-11-23T01:30:00Z");
            });
    assertThat(fleet.jobs.<List<VehicleHistory.Rejection>>with(s -> rejections(s, 0))).isEmpty();
  }

  private static List<VehicleHistory.Rejection> rejections(FleetStore store, int vehicle) {
    return VehicleHistory.rejections(store, vin(vehicle));
  }

  /** Vehicles that wait are silent; they give up when their manifest runs out. */
  @Test
  @Order(2)
  void whoWaitsInVainSaysSoOnceTheManifestRanOut() throws IOException {
    reconcile(
        fleet.play(
            RULES, fleet.jobs.home().inboxStatus(), Duration.ofHours(23), Duration.ofDays(29)),
        Duration.ofDays(29),
        "night-29");
    assertThat(waiting()).containsExactly("SILENT -|3");
    reconcile(
        fleet.play(
            RULES, fleet.jobs.home().inboxStatus(), Duration.ofDays(29), Duration.ofDays(31)),
        Duration.ofDays(31),
        "night-31");
    assertThat(waiting()).containsExactly("RETRY_DUE LOW_BATTERY|1", "RETRY_DUE NOT_PARKED|2");
  }

  /** What it takes for an attack stands in what its ECU signs. */
  @Test
  @Order(3)
  void whoSignsVersionReportsTellsOfAttacksInThem(@TempDir Path inbox, @TempDir Path again)
      throws IOException {
    FleetSimulator.Played played = playSigned(inbox, StrictFleet.ALL_AT_ONCE);
    assertThat(played.reports()).isEqualTo(5);
    requireSame(playSigned(again, 2), played);
    Path reports = played.logs().get(played.logs().size() - 1);

    List<String> said =
        JobHarness.summary(
                JobHarness.completed(
                    fleet.jobs.take(ReadVersionReportsJobConfiguration.JOB, reports, "signed")))
            .lines()
            .toList();

    assertThat(said)
        .hasSize(3)
        .contains(reports.getFileName() + ": 5 rows read, 4 accepted, 0 unchanged, 1 quarantined")
        .anyMatch(line -> line.matches(alert(4, "/timestamp.json: signed by 0 keys .*")))
        .anyMatch(
            line ->
                line.matches(
                    alert(6, " version 1: older than version 7, which this vehicle has seen")));
    assertThat(
            fleet
                .jobs
                .sql()
                .rows(
                    "select vin, software_version, source from ecu where vin in ('%s', '%s') order by vin"
                        .formatted(vin(0), vin(4))))
        .containsExactlyInAnyOrder(
            vin(0) + "|3.3.0|VERSION_REPORT", vin(4) + "|3.2.1|VERSION_REPORT");
    assertThat(
            fleet.jobs.sql().rows("select count(*) from audit_log where act = 'ATTACK_REPORTED'"))
        .containsExactly("2");
  }

  private FleetSimulator.Played playSigned(Path inbox, int atOnce) throws IOException {
    return fleet.play(
        RULES,
        Reporting.AND_VERSION_REPORTS,
        inbox,
        Duration.ofHours(-2),
        Duration.ofHours(23),
        atOnce);
  }

  /** However many manifests were in memory at a time. */
  private static void requireSame(FleetSimulator.Played second, FleetSimulator.Played first)
      throws IOException {
    assertThat(second)
        .usingRecursiveComparison()
        .ignoringFields("logs", "refused")
        .isEqualTo(first);
    assertThat(second.refused()).containsExactlyInAnyOrderElementsOf(first.refused());
    assertThat(second.logs()).hasSameSizeAs(first.logs());
    for (int i = 0; i < second.logs().size(); i++) {
      assertThat(second.logs().get(i)).hasSameBinaryContentAs(first.logs().get(i));
    }
    assertThat(TestHome.files(second.logs().get(0).getParent()))
        .as("nothing that was set aside is left")
        .hasSameSizeAs(second.logs());
  }

  private static String alert(int vehicle, String attack) {
    return "ALERT: %1$s GATEWAY %2$s detected an attack, 2026-11-21T[0-9:]+Z: %1$s%3$s"
        .formatted(vin(vehicle), serial(vehicle), attack);
  }

  /** Gives these vehicles' gateways keys that sign, and has an export name their certificates. */
  private void certify(int... numbers) throws Exception {
    Path keys = fleet.jobs.home().root().resolve("simulator/ecu-keys");
    List<Path> spare = TestHome.files(keys);
    StringBuilder rows = new StringBuilder();
    for (int n : numbers) {
      Files.move(keys.resolve(spare.get(n)), keys.resolve(EcuKeys.fileName(serial(n))));
      String certificate =
          Base64.getEncoder()
              .encodeToString(
                  new EcuKeys(keys).of(serial(n)).orElseThrow().certificate().getEncoded());
      rows.append(
          StrictFleet.ecu(n, serial(n), "G-1", "2026-11-21T01:30:00Z").strip()
              + ","
              + certificate
              + "\n");
    }
    fleet.take("certificates.csv", PlantExports.ECUS + ",certificate\n" + rows);
  }

  /** A list of images that does not hold is every vehicle's affair. */
  @Test
  @Order(4)
  void whereTheImageRepositoryDoesNotHoldAllRefuse(@TempDir Path inbox) throws IOException {
    Path timestamp = fleet.outbox().resolve("image/timestamp.json");
    Files.write(timestamp, edited(Files.readAllBytes(timestamp), "\"version\":1", "\"version\":2"));
    FleetSimulator.Played played =
        fleet.play("rules: []", inbox, Duration.ofHours(-2), Duration.ofHours(23));
    assertThat(played.manifests()).isEqualTo(25);
    assertThat(played.refused()).hasSize(25);
    assertThat(played.refused())
        .filteredOn(line -> !line.startsWith(vin(19)))
        .allMatch(
            line ->
                line.matches(
                    "[A-Z0-9]{17}: image/timestamp.json: .*: it reports MANIFEST_REFUSED"));
  }

  private void reconcile(FleetSimulator.Played played, Duration at, String run) {
    fleet.jobs.clock().set(JobHarness.NOW.plus(at));
    for (Path log : played.logs()) {
      JobHarness.completed(fleet.jobs.take(ReadStatusLogJobConfiguration.JOB, log, run));
    }
    fleet.jobs.summary(ReconcileStatusJobConfiguration.JOB, run);
  }

  private List<String> assignments() {
    return fleet
        .jobs
        .sql()
        .rows(
            "select vin || ' ' || state || ' ' || coalesce(error_code, '-') from assignment order by vin");
  }

  private List<String> waiting() {
    return fleet
        .jobs
        .sql()
        .rows(
            "select state || ' ' || coalesce(error_code, '-') as state, count(*) from assignment where vin in ('%s', '%s', '%s') group by 1 order by 1"
                .formatted(vin(15), vin(16), vin(17)));
  }

  /** By vehicle, its outcome on its own attempt, and what it refused besides. */
  private List<String> ends(List<Path> logs) {
    Map<String, String> ends = new TreeMap<>();
    for (int n = 0; n < fleet.vehicles(); n++) {
      ends.put(vin(n), "-");
    }
    for (Path log : logs) {
      for (StatusRow row : rows(log)) {
        var event = row.event();
        if (event == null || event.attempt() != 1) {
          continue;
        }
        String code = event.errorCode();
        String end = event.state() + (code == null ? "" : " " + code);
        ends.merge(event.vin(), end, StrictVehicleTest::end);
      }
    }
    return ends.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
  }

  /** What was installed stays so, whatever is refused before or after. */
  private static String end(String before, String now) {
    String installed = "INSTALLED";
    if (before.startsWith(installed)) {
      return now.startsWith("FAILED ") ? before + " + " + now.substring(7) : before;
    }
    if (before.startsWith("FAILED ")) {
      return now.equals(installed) ? installed + " + " + before.substring(7) : before;
    }
    return now;
  }

  private static List<StatusRow> rows(Path log) {
    StatusLogReader reader = new StatusLogReader(log, () -> 0);
    List<StatusRow> rows = new ArrayList<>();
    reader.open(new ExecutionContext());
    try {
      for (StatusRow row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
      return rows;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      reader.close();
    }
  }

  @AfterAll
  void stop() {
    fleet.close();
  }
}
