package convoy.jobs.issuemanifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.io.FileDigest;
import convoy.data.manifest.ManifestTarget;
import convoy.jobs.simulate.EcuKeys;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The sample ECUs that have certificates.
 *
 * @param folder with their private keys
 */
record CertifiedEcus(Path folder) {
  /** Set where a missing OpenSSL is a failure: by .ci/run. */
  private static final String REQUIRED = "CONVOY_TESTS_REQUIRE_OPENSSL";

  /** Opens the package, and with the key that comes out the image in the outbox, with OpenSSL. */
  void requireOpens(ManifestTarget target, Path outbox) throws IOException, InterruptedException {
    String pem = folder.resolve(EcuKeys.fileName(target.ecuSerial())).toString();
    byte[] key =
        openSsl(
            Base64.getDecoder().decode(Objects.requireNonNull(target.keyPackage())),
            "-recip",
            pem,
            "-inkey",
            pem);
    String hex = HexFormat.of().formatHex(key);
    String uri = target.image().encrypted().uri();
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
        .isEqualTo(
            new FileDigest(
                target.image().length(), target.image().sha256(), target.image().sha512()));
  }

  private byte[] openSsl(byte[] input, String... options) throws IOException, InterruptedException {
    requireOpenSsl();
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

  /** Skips the rest of the test without OpenSSL, and says so; with {@value #REQUIRED} it fails. */
  private static void requireOpenSsl() {
    if (Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .noneMatch(bin -> Files.isExecutable(Path.of(bin, "openssl")))) {
      String message = "NO KEY PACKAGE WAS OPENED BY ANOTHER PROGRAM: not installed here: openssl";
      if (System.getenv(REQUIRED) != null) {
        Assertions.fail(message + " (and " + REQUIRED + " is set)");
      }
      System.err.println("\n*** " + message + " ***\n");
      Assumptions.abort(message);
    }
  }
}
