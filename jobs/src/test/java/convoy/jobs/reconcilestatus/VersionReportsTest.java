package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.duckdb.AttackAlerts;
import convoy.data.duckdb.QuarantinedInput;
import convoy.data.duckdb.QuarantinedInputs;
import convoy.jobs.JobHarness;
import convoy.jobs.resubmit.Resubmission;
import convoy.readers.export.ExportFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from what ECUs say under their own signatures. */
class VersionReportsTest extends RunningCampaign {
  private static final String NEW = "new";
  private static final String OTHER = "f".repeat(64);

  private String image = "";
  private long length;

  VersionReportsTest(@TempDir Path folder) {
    super(folder);
  }

  /** The plant says which certificates three vehicles' gateways and brakes have. */
  @BeforeEach
  void exportCertificates() {
    StringBuilder export =
        new StringBuilder(
            "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at,certificate\n");
    for (int i = 0; i < 3; i++) {
      String rest = ",5Q0-1,H08,%s,CAN,2026-11-20T23:00:00Z,%s\n";
      export.append(
          vins.get(i)
              + ",GATEWAY,GW-"
              + i
              + rest.formatted("3.1.0", ReportSigner.GATEWAY.certificate()));
      export.append(
          vins.get(i) + ",ABS,ABS-" + i + rest.formatted("2.0.3", ReportSigner.ABS.certificate()));
      export.append(vins.get(i) + ",CAMERA,CAM-" + i + rest.formatted("1.0.0", ""));
    }
    Path file = writeText(jobs.home().inboxManufacturing().resolve("keys.csv"), export.toString());
    assertThat(
            JobHarness.summary(JobHarness.completed(jobs.take("importVehicles", file, "night-1"))))
        .isEqualTo("keys.csv: 9 rows read, 9 accepted, 0 unchanged, 0 quarantined");
    String[] found =
        jobs.sql()
            .rows(
                "select image_sha256, image_length from update_image where update_name = 'abs-brake-hold' and update_version = '2.1.0' order by all")
            .get(0)
            .split("\\|", -1);
    image = found[0];
    length = Long.parseLong(found[1]);
  }

  @Test
  void anEcuThatRunsWhatItsManifestNamesHasInstalledIt() {
    String report = report(0, gateway(0, 1), abs(0, 1, 60, NEW, ""));
    assertThat(take("a.vvr.jsonl", report))
        .isEqualTo(
            "a.vvr.jsonl: 2 rows read, 2 accepted, 0 unchanged, 0 quarantined; rows with warnings: 1");
    assertThat(jobs.sql().rows("select rule, found, expected from import_warning"))
        .containsExactly(
            "IMAGE_UNKNOWN|GW-0: " + OTHER + "|an image of a registered update for GATEWAY");
    reconcile("night-1");
    assertThat(assignment(0, "state, attempt, error_code")).isEqualTo("INSTALLED|1|-");
    String known =
        "select software_version, source, strftime(observed_at, '%%H:%%M') from ecu where vin = '%s' and module in ('ABS', 'GATEWAY') order by module"
            .formatted(vins.get(0));
    assertThat(jobs.sql().rows(known))
        .containsExactly("2.1.0|VERSION_REPORT|02:30", "3.1.0|FACTORY|23:00");
    assertThat(
            jobs.sql()
                .rows("select software_version from observation where source = 'VERSION_REPORT'"))
        .containsExactly("2.1.0");

    assertThat(take("b.vvr.jsonl", "\n" + report))
        .startsWith("b.vvr.jsonl: 2 rows read, 0 accepted, 2 unchanged, 0 quarantined");
    // A report of the next night that says the same is no new event.
    assertThat(take("c.vvr.jsonl", report(0, abs(0, 2, 90, NEW, ""))))
        .isEqualTo("c.vvr.jsonl: 1 rows read, 1 accepted, 0 unchanged, 0 quarantined");
    assertThat(jobs.sql().rows("select count(*) from status_event")).containsExactly("1");
  }

  @Test
  void anEcuThatHasNotInstalledYetSaysNothingOfItsManifest() {
    assertThat(take("a.vvr.jsonl", report(0, abs(0, 1, 60, OTHER, ""))))
        .startsWith("a.vvr.jsonl: 1 rows read, 1 accepted, 0 unchanged, 0 quarantined");
    // Before its manifest was issued it cannot have been installed by it.
    assertThat(take("b.vvr.jsonl", report(1, abs(1, 1, -60, NEW, ""))))
        .isEqualTo("b.vvr.jsonl: 1 rows read, 1 accepted, 0 unchanged, 0 quarantined");
    assertThat(jobs.sql().rows("select count(*) from status_event")).containsExactly("0");
  }

  @Test
  void anotherImageAfterTheSuccessIsAFallBackInAnyOrder() {
    take("a.vvr.jsonl", report(0, abs(0, 1, 60, NEW, "")));
    take("b.vvr.jsonl", report(0, abs(0, 2, 90, OTHER, "")));
    // Of the other vehicle the later report comes first, and its success as a status event.
    take("c.vvr.jsonl", report(1, abs(1, 2, 90, OTHER, "")));
    report("d.csv", installed(1, 60, 1));
    // The third one ran something else before, not after.
    take("e.vvr.jsonl", report(2, abs(2, 1, 30, OTHER, "")));
    report("f.csv", installed(2, 60, 1));
    reconcile("night-1");
    // What was known to run is disproved, also where that came later; older reports disprove
    // nothing.
    assertThat(
            jobs.sql()
                .rows(
                    "select software_version, source, strftime(observed_at, '%H:%M'), f.name from ecu e join import_file f on f.file_id = e.source_file where serial like 'ABS-%' order by serial"))
        .containsExactly(
            "image " + OTHER + "|VERSION_REPORT|03:00|b.vvr.jsonl",
            "image " + OTHER + "|VERSION_REPORT|03:00|c.vvr.jsonl",
            "2.1.0|STATUS|02:30|f.csv");
    assertThat(assignment(0, "state, error_code, failed_module"))
        .isEqualTo("RETRY_DUE|FELL_BACK|ABS");
    assertThat(assignment(1, "state, error_code, failed_module"))
        .isEqualTo("RETRY_DUE|FELL_BACK|ABS");
    assertThat(assignment(2, "state")).isEqualTo("INSTALLED");
  }

  @Test
  void anAttackIsToldEverywhere() {
    String attack = "image with an old release counter offered";
    String report = report(0, gateway(0, 1), abs(0, 1, 60, NEW, attack));
    String line =
        "ALERT: %s ABS ABS-0 detected an attack, 2026-11-21T02:30:00Z: %s"
            .formatted(vins.get(0), attack);
    assertThat(take("a.vvr.jsonl", report).lines()).element(1).isEqualTo(line);
    assertThat(take("again.vvr.jsonl", report + " ")).doesNotContain("ALERT");
    assertThat(
            jobs.sql().rows("select subject, after from audit_log where act = 'ATTACK_REPORTED'"))
        .containsExactly(vins.get(0) + "|ABS ABS-0: " + attack);
    assertThat(
            jobs.<List<AttackAlerts.Alert>>with(
                store -> AttackAlerts.ofVehicle(store, vins.get(0))))
        .containsExactly(
            new AttackAlerts.Alert(
                NOW.plus(Duration.ofHours(1)),
                vins.get(0),
                "ABS",
                "ABS-0",
                attack,
                "a.vvr.jsonl",
                1));
    jobs.summary("publishReports", "run a.vvr.jsonl");
    assertThat(csv(jobs.home().reports()))
        .isEqualTo(
            "At,VIN,Module,ECU serial,Attack detected,File,Line\n2026-11-21T03:30:00+01:00,%s,ABS,ABS-0,%s,a.vvr.jsonl,1\n"
                .formatted(vins.get(0), attack));
  }

  private static String csv(Path reports) {
    try (var files = Files.walk(reports)) {
      Path alerts = files.filter(file -> file.endsWith("alerts.csv")).findFirst().orElseThrow();
      return Files.readString(alerts).replace("\r\n", "\n").replace("\uFEFF", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatCannotBeBelievedIsQuarantinedWithItsReason() {
    Map<String, Object> abs = abs(0, 1, 60, NEW, "");
    String gatewayKey = "its signature cannot be checked";
    List<String> lines = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    add(lines, expected, "nonsense", "|REPORT_FORM|report: not valid JSON");
    add(
        lines,
        expected,
        ReportSigner.vehicle("WVWCE2DR6RW999999", "GW-0", ReportSigner.GATEWAY, List.of(abs)),
        "vin|UNKNOWN_VEHICLE|WVWCE2DR6RW999999|the VIN of a vehicle whose ECUs are known here");
    add(
        lines,
        expected,
        ReportSigner.vehicle(vins.get(0), "GW-1", ReportSigner.GATEWAY, List.of(abs)),
        "primary_ecu_serial|OTHER_VEHICLE|GW-1|the serial of an ECU of vehicle " + vins.get(0));
    add(
        lines,
        expected,
        ReportSigner.vehicle(vins.get(0), "GW-9", ReportSigner.GATEWAY, List.of(abs)),
        "primary_ecu_serial|UNKNOWN_ECU|GW-9|the serial of an ECU of vehicle " + vins.get(0));
    add(
        lines,
        expected,
        ReportSigner.vehicle(vins.get(0), "CAM-0", ReportSigner.GATEWAY, List.of(abs)),
        "signatures|NO_CERTIFICATE|CAMERA CAM-0|an ECU whose certificate an export named: "
            + gatewayKey);
    String wrong = "|a signature over exactly this content by the key of its certificate, key id ";
    add(
        lines,
        expected,
        ReportSigner.vehicle(vins.get(0), "GW-0", ReportSigner.STRANGER, List.of(abs)),
        "signatures|WRONG_SIGNATURE|GATEWAY GW-0" + wrong);
    add(
        lines,
        expected,
        report(0, abs).replace("\"counter\":1", "\"counter\":2"),
        "signatures|WRONG_SIGNATURE|GATEWAY GW-0" + wrong);
    add(
        lines,
        expected,
        report(0, ReportSigner.ecu(ReportSigner.ABS, "ABS-9", 1, 60, image, length, "")),
        "ecu_serial|UNKNOWN_ECU|ABS-9|the serial of an ECU of vehicle " + vins.get(0));
    add(
        lines,
        expected,
        report(0, abs(1, 1, 60, NEW, "")),
        "ecu_serial|OTHER_VEHICLE|ABS-1|the serial of an ECU of vehicle " + vins.get(0));
    add(
        lines,
        expected,
        report(0, ReportSigner.ecu(ReportSigner.ABS, "CAM-0", 1, 60, image, length, "")),
        "signatures|NO_CERTIFICATE|CAMERA CAM-0|an ECU whose certificate an export named: "
            + gatewayKey);
    add(
        lines,
        expected,
        report(0, ReportSigner.ecu(ReportSigner.GATEWAY, "ABS-0", 1, 60, image, length, "attack")),
        "signatures|WRONG_SIGNATURE|ABS ABS-0" + wrong);
    add(
        lines,
        expected,
        report(0, ReportSigner.ecu(ReportSigner.ABS, "ABS-0", 1, 60, image, length + 1, "")),
        "installed_image|IMAGE_LENGTH|ABS-0: %d bytes|%d bytes, as the registered image of that hash has"
            .formatted(length + 1, length));
    add(
        lines,
        expected,
        report(0, abs(0, 1, 4 * 24 * 60, NEW, "")),
        "time|REPORT_TIME|2026-11-25T01:30:00Z|a time not after 2026-11-23T01:30:00Z");
    add(
        lines,
        expected,
        report(0, abs(0, 0, 60, NEW, "")),
        "|REPORT_FORM|ecu_version_reports[0].signed.counter: found '0', expected a whole number, 1 or more|");
    assertThat(take("bad.vvr.jsonl", String.join("\n", lines)))
        .isEqualTo(
            "bad.vvr.jsonl: %d rows read, 0 accepted, 0 unchanged, %<d quarantined"
                .formatted(lines.size()));
    List<String> found =
        jobs.sql().rows("select column_name, rule, found, expected from quarantine order by line");
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).startsWith(expected.get(i));
    }
    assertThat(jobs.sql().rows("select count(*) from version_report")).containsExactly("0");
    assertThat(jobs.sql().rows("select act from audit_log where act = 'ATTACK_REPORTED'"))
        .isEmpty();
  }

  @Test
  void aReportIsNotPlayedAgain() {
    take("a.vvr.jsonl", report(0, abs(0, 5, 60, NEW, "")));
    assertThat(
            take(
                "b.vvr.jsonl",
                String.join(
                    "\n",
                    report(0, abs(0, 4, 70, OTHER, "")),
                    report(0, abs(0, 5, 70, OTHER, "")),
                    report(0, abs(0, 6, 50, OTHER, "")),
                    report(0, abs(0, 7, 60, NEW, "")))))
        .isEqualTo("b.vvr.jsonl: 4 rows read, 1 accepted, 0 unchanged, 3 quarantined");
    String counter = "|a counter above 5, which was taken before";
    assertThat(
            jobs.sql()
                .rows(
                    "select line, column_name, rule, found, expected from quarantine order by line"))
        .containsExactly(
            "1|counter|REPLAYED|ABS-0 4" + counter,
            "2|counter|REPLAYED|ABS-0 5" + counter,
            "3|time|REPLAYED|ABS-0 2026-11-21T02:20:00Z|a time not before 2026-11-21T02:30:00Z, which was taken before");
  }

  @Test
  void rejectedReportsAreSentAgainAsTheirVehicleSentThem() throws IOException {
    String stranger =
        ReportSigner.vehicle(
            vins.get(0),
            "GW-0",
            ReportSigner.STRANGER,
            List.of(gateway(0, 1), abs(0, 1, 60, NEW, "")));
    take("a.vvr.jsonl", stranger);
    jobs.with(
        store -> {
          QuarantinedInput input =
              QuarantinedInputs.all(store, null).stream()
                  .filter(i -> i.name().equals("a.vvr.jsonl"))
                  .findFirst()
                  .orElseThrow();
          try {
            return Resubmission.make(
                jobs.home(),
                ExportFormats.PLAIN,
                store,
                input,
                new Resubmission.Request(null, null, false),
                NOW);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    Path again =
        jobs.home().inboxStatus().resolve("a.vvr.jsonl.resubmit-20261121T013000Z.vvr.jsonl");
    assertThat(Files.readString(again))
        .isEqualTo("{\"resubmitted\":\"" + NOW + "\"," + stranger.substring(1) + "\n");
    assertThat(ReadVersionReportsJobConfiguration.isFor(again)).isTrue();
    assertThat(take(again)).endsWith(": 2 rows read, 0 accepted, 0 unchanged, 2 quarantined");
  }

  private static void add(
      List<String> lines, List<String> expected, String line, String rejection) {
    lines.add(line);
    expected.add(rejection);
  }

  private String take(String name, String lines) {
    return take(writeText(jobs.home().inboxStatus().resolve(name), lines));
  }

  private String take(Path file) {
    return JobHarness.summary(
        JobHarness.completed(
            jobs.take(ReadVersionReportsJobConfiguration.JOB, file, "run " + file.getFileName())));
  }

  private String report(int vehicle, Map<String, Object> ecu) {
    return ReportSigner.vehicle(
        vins.get(vehicle), "GW-" + vehicle, ReportSigner.GATEWAY, List.of(ecu));
  }

  private String report(int vehicle, Map<String, Object> first, Map<String, Object> second) {
    return ReportSigner.vehicle(
        vins.get(vehicle), "GW-" + vehicle, ReportSigner.GATEWAY, List.of(first, second));
  }

  private Map<String, Object> gateway(int vehicle, long counter) {
    return ReportSigner.ecu(ReportSigner.GATEWAY, "GW-" + vehicle, counter, 60, OTHER, 4, "");
  }

  private Map<String, Object> abs(
      int vehicle, long counter, int minutes, String hash, String attacks) {
    return ReportSigner.ecu(
        ReportSigner.ABS,
        "ABS-" + vehicle,
        counter,
        minutes,
        hash.equals(NEW) ? image : hash,
        length,
        attacks);
  }
}
