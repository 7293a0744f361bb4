package convoy.scheduler.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.trust.CanonicalJson;
import convoy.data.trust.CertificateKey;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.SigningKey;
import convoy.jobs.samples.SampleData;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 while a file of signed version reports is taken in: after a restart every report counts
 * once, and what follows from them is what follows without a kill.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledReportsTest {
  private static final int VEHICLES = 1_000;
  private static final int REPORTS = 12;
  private static final String FILE = "east.vvr.jsonl";

  private TestHome delivered;
  private Map<String, List<String>> undisturbed;
  private Duration took;

  @BeforeAll
  void runUndisturbed(@TempDir Path folder) throws Exception {
    delivered = TestHome.make(folder, "delivered", "");
    delivered.deliverFleet(7, VEHICLES, 0);
    SampleData.writeDefinitions(delivered.home().root(), 7);
    assertThat(delivered.run("nightly").status()).isZero();
    Reporter reporter = new Reporter();
    reporter.exportCertificates(delivered);
    delivered.approve();
    assertThat(delivered.run("nightly").status()).isZero();
    long issued = delivered.number("select count(*) from assignment where state = 'ISSUED'");
    assertThat(issued).isPositive();
    reporter.report(delivered);

    TestHome home = delivered.copy("undisturbed");
    took = Kills.timed(home, "nightly");
    undisturbed = Facts.REPORTED.in(home);
    int rows = VEHICLES * REPORTS * 2;
    int forged = VEHICLES * REPORTS / Reporter.FORGED_EVERY * 2;
    assertThat(
            home.rows(
                "select rows_read, rows_accepted, rows_unchanged, rows_quarantined from import_file where name = '%s'"
                    .formatted(FILE)))
        .containsExactly(rows + "|" + (rows - forged) + "|0|" + forged);
    assertThat(home.rows("select state, count(*) from assignment group by all"))
        .contains("INSTALLED|" + issued);
  }

  @Test
  void aKillWhileReadingLosesAndDoublesNothing() throws Exception {
    TestHome home = delivered.copy("killed");
    Kills.whileReading(home, FILE, 1, "nightly");
    assertThat(home.number("select position from step_position")).isPositive();
    assertThat(home.number("select count(*) from staged_report")).isPositive();
    assertThat(home.number("select count(*) from version_report")).isZero();

    Kills.takeUp(home, "nightly");
    assertThat(Facts.REPORTED.in(home)).isEqualTo(undisturbed);
    assertThat(home.home().inboxStatus()).isEmptyDirectory();
  }

  @Test
  void nightsThatAreKilledAtAnyTimeEndAsAnUndisturbedOne() throws Exception {
    Random random = new Random(1127);
    for (int night = 0; night < 4; night++) {
      TestHome home = delivered.copy("night-" + night);
      Kills.atRandomTimes(home, random, 2, took, "nightly");
      assertThat(Facts.REPORTED.in(home)).as("night %d", night).isEqualTo(undisturbed);
    }
  }

  /** The gateways and brakes of all vehicles, which share one key, that of the example. */
  private static final class Reporter {
    /** One vehicle's report in so many is signed by another key. */
    static final int FORGED_EVERY = 50;

    private final String certificate;
    private final String keyid;
    private final SigningKey key = key(9);
    private final SigningKey stranger = key(10);

    Reporter() throws IOException {
      certificate =
          Files.readString(Path.of("../docs/formats/status-log/gateway.pem"))
              .replaceAll("-----[A-Z ]+-----|\\s", "");
      keyid = CertificateKey.of(certificate).keyid();
    }

    private static SigningKey key(int filler) {
      byte[] secret = new byte[32];
      Arrays.fill(secret, (byte) filler);
      return SigningKey.ofSeed(secret);
    }

    void exportCertificates(TestHome home) throws IOException, SQLException {
      Path file = home.home().inboxManufacturing().resolve("keys.csv");
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        out.write(
            "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at,certificate\n");
        for (String ecu :
            home.rows(
                "select vin, module, serial, hardware_part, hardware_version, software_version, protocol"
                    + " from ecu where module in ('GATEWAY', 'ABS') order by vin, module")) {
          out.write(ecu.replace('|', ',') + ",2026-11-20T23:00:00Z," + certificate + "\n");
        }
      }
      Files.setLastModifiedTime(file, FileTime.from(TestHome.EXPORTED_AT));
    }

    void report(TestHome home) throws IOException, SQLException {
      String[] image =
          home.rows(
                  "select image_sha256, image_length from update_image where update_name = 'abs-brake-hold'"
                      + " and update_version = '2.1.0' order by all")
              .get(0)
              .split("\\|", -1);
      List<String> ecus =
          home.rows(
              "select vin, serial from ecu where module in ('GATEWAY', 'ABS') order by module, vin");
      Instant now = Instant.now();
      Path file = home.home().inboxStatus().resolve(FILE);
      int lines = 0;
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        for (int report = 1; report <= REPORTS; report++) {
          for (int vehicle = 0; vehicle < VEHICLES; vehicle++) {
            String[] abs = ecus.get(vehicle).split("\\|", -1);
            String[] gateway = ecus.get(VEHICLES + vehicle).split("\\|", -1);
            assertThat(gateway[0]).isEqualTo(abs[0]);
            lines++;
            Map<String, Object> content =
                Map.of(
                    "_type",
                    "vehicle-version-report",
                    "vin",
                    abs[0],
                    "primary_ecu_serial",
                    gateway[1],
                    "ecu_version_reports",
                    List.of(
                        ecu(abs[1], report, now, image[0], Long.parseLong(image[1])),
                        ecu(gateway[1], report, now, "f".repeat(64), 5)));
            Map<String, Object> signed =
                signed(content, lines % FORGED_EVERY == 0 ? stranger : key);
            out.write(new String(CanonicalJson.encode(signed), UTF_8) + "\n");
          }
        }
      }
      Files.setLastModifiedTime(file, FileTime.from(TestHome.EXPORTED_AT));
    }

    private Map<String, Object> ecu(
        String serial, long counter, Instant now, String sha256, long length) {
      return signed(
          Map.of(
              "_type",
              "ecu-version-report",
              "ecu_serial",
              serial,
              "time",
              IsoSeconds.format(now),
              "counter",
              counter,
              "installed_image",
              Map.of("name", "image.bin", "length", length, "hashes", Map.of("sha256", sha256)),
              "attacks_detected",
              ""),
          key);
    }

    private Map<String, Object> signed(Map<String, Object> content, SigningKey by) {
      return Map.of(
          "signatures",
          List.of(Map.of("keyid", keyid, "sig", by.sign(CanonicalJson.encode(content)))),
          "signed",
          content);
    }
  }
}
