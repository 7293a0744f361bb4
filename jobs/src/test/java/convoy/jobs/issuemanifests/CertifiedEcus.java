package convoy.jobs.issuemanifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.image.ImageKeys;
import convoy.data.io.FileDigest;
import convoy.data.manifest.ManifestTarget;
import convoy.jobs.JobHarness;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A plant that gives every brake control unit, and every second infotainment unit, a certificate:
 * the same, so that a test has one private key.
 *
 * @param folder of the certificate and its private key
 */
record CertifiedEcus(Path folder) {
  private static final String CERTIFICATE = "images.crt.pem";
  private static final String PRIVATE_KEY = "images.pem";

  /** Makes a certificate in a folder {@code ecus} and imports an export that names it. */
  static void importInto(JobHarness jobs, Path folder) {
    try {
      Path ecus = folder.resolve("ecus");
      ImageKeys.create(ecus, JobHarness.NOW);
      String certificate =
          Files.readString(ecus.resolve(CERTIFICATE)).replaceAll("-----[A-Z ]+-----|\\s", "");
      List<String> lines = new ArrayList<>();
      lines.add(
          "vin,module,serial,hardware_part,hardware_version,software_version,calibration,protocol,exported_at,certificate");
      jobs.sql()
          .rows(
              """
              select concat_ws(',', vin, module, serial, hardware_part, hardware_version, software_version,
                coalesce(calibration, ''), protocol, '2026-11-20T23:00:00Z')
              from ecu
              where module = 'ABS' or (module = 'INFOTAINMENT' and right(vin, 1) in ('0', '2', '4', '6', '8'))
              order by vin, module\
              """)
          .forEach(row -> lines.add(row + "," + certificate));
      Path export = Files.write(folder.resolve("certificates.csv"), lines);
      JobHarness.completed(
          jobs.take(ImportVehiclesJobConfiguration.JOB, jobs.deliver(export), "night-0"));
      assertThat(
              jobs.sql()
                  .rows("select count(*) from ecu where certificate = '%s'".formatted(certificate)))
          .containsExactly(Integer.toString(lines.size() - 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the package, and with the key that comes out the image in the outbox, with OpenSSL. */
  void requireOpens(String keyPackage, ManifestTarget target, Path outbox)
      throws IOException, InterruptedException {
    byte[] key =
        openSsl(
            Base64.getDecoder().decode(keyPackage),
            "-recip",
            folder.resolve(CERTIFICATE).toString(),
            "-inkey",
            folder.resolve(PRIVATE_KEY).toString());
    String hex = HexFormat.of().formatHex(key);
    String uri = target.encrypted().uri();
    Path encrypted = outbox.resolve("images").resolve(uri.substring(uri.lastIndexOf('/') + 1));
    Path key32 = Files.write(folder.resolve("key"), key);
    byte[] image =
        openSsl(
            Files.readAllBytes(encrypted),
            "-binary",
            "-secretkey",
            hex,
            "-secretkeyid",
            FileDigest.of(key32).sha256());
    assertThat(FileDigest.of(Files.write(folder.resolve("image"), image)))
        .isEqualTo(new FileDigest(target.length(), target.sha256(), target.sha512()));
  }

  private byte[] openSsl(byte[] input, String... options) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "openssl"))),
        "NOT CHECKED AGAINST OTHER PROGRAMS: not installed here: openssl");
    List<String> command = new ArrayList<>(List.of("openssl", "cms", "-decrypt", "-inform", "DER"));
    command.addAll(List.of(options));
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Files.write(folder.resolve("in"), input).toFile())
            .redirectOutput(out.toFile())
            .redirectErrorStream(true)
            .start();
    int status = process.waitFor();
    byte[] written = Files.readAllBytes(out);
    assertThat(status).as("%s said: %s", command, new String(written, UTF_8)).isZero();
    return written;
  }
}
