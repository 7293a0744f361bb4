package convoy.scheduler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Tokens of SoftHSM, a PKCS#11 module in software. Its keys are made as docs/keys.md says. */
final class SoftHsm {
  static final String PIN = "a pin for the test";

  /** Set where the test must not be skipped. */
  private static final String REQUIRED = "CONVOY_TESTS_REQUIRE_SOFTHSM";

  private static final Pattern SLOT = Pattern.compile("reassigned to slot (\\d+)");

  private final Path library;
  private final Path folder;

  private SoftHsm(Path library, Path folder) {
    this.library = library;
    this.folder = folder;
  }

  /**
   * An empty one. Skips the test where SoftHSM is not installed, and says so on standard error;
   * with {@value #REQUIRED} it fails.
   *
   * @param folder for its tokens
   */
  static SoftHsm require(Path folder) throws IOException {
    Optional<Path> library = find();
    String missing = "NO KEY IN A HARDWARE MODULE WAS TESTED: found no SoftHSM (package softhsm2)";
    if (library.isEmpty()) {
      if (System.getenv(REQUIRED) != null) {
        Assertions.fail(missing + " (and " + REQUIRED + " is set)");
      }
      System.err.println("\n*** " + missing + " ***\n");
      Assumptions.abort(missing);
    }
    Files.createDirectories(folder.resolve("tokens"));
    // The build sets the variable for this process, whose copy of the library reads it too.
    Files.writeString(
        Path.of(System.getenv("SOFTHSM2_CONF")),
        "directories.tokendir = %s\nlog.level = ERROR\n".formatted(folder.resolve("tokens")));
    return new SoftHsm(library.orElseThrow(), folder);
  }

  private static Optional<Path> find() throws IOException {
    for (Path folder :
        List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files =
            Files.find(
                folder, 3, (file, a) -> file.getFileName().toString().equals("libsofthsm2.so"))) {
          Optional<Path> found = files.findFirst();
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  Path library() {
    return library;
  }

  /** Makes a token, and gives the number of its slot. */
  long token(String label) throws IOException, InterruptedException {
    String said =
        run(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            label,
            "--so-pin",
            PIN,
            "--pin",
            PIN);
    Matcher slot = SLOT.matcher(said);
    assertThat(slot.find()).as(said).isTrue();
    return Long.parseLong(slot.group(1));
  }

  /** Makes a key with its certificate. */
  void makeKey(long slot, String label, String curve, int days)
      throws IOException, InterruptedException {
    Path pin = folder.resolve("pin");
    Files.writeString(pin, PIN);
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
    Path settings = folder.resolve("pkcs11.cfg");
    Files.writeString(
        settings,
        """
        name = convoy
        library = %s
        slot = %d
        attributes(generate, CKO_PRIVATE_KEY, *) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
        }
        """
            .formatted(library, slot));
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        label,
        "-keyalg",
        "EC",
        "-groupname",
        curve,
        "-dname",
        "CN=" + label,
        "-validity",
        "" + days,
        "-keystore",
        "NONE",
        "-storetype",
        "PKCS11",
        "-providerClass",
        "sun.security.pkcs11.SunPKCS11",
        "-providerArg",
        settings.toString(),
        "-storepass:file",
        pin.toString());
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int status = process.waitFor();
    String said = Files.readString(out, UTF_8);
    assertThat(status).as("%s said: %s", command[0], said).isZero();
    return said;
  }
}
