package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code manifest verify} of the worked example of docs/formats/update-manifest.md, over which a
 * folder of {@code attacks} is laid: each is refused for its own reason.
 */
class AttackedManifestTest {
  private static final Path EXAMPLE = Path.of("../docs/formats/update-manifest");
  private static final Path ATTACKS =
      Path.of("../data/src/test/resources/convoy/data/manifest/attacks");
  private static final String VIN = "WVWZZZ1KZAW000001";

  private static final IExecutionExceptionHandler ON_FAILURE =
      ConvoyCommand.commandLine("manifest").getExecutionExceptionHandler();

  @TempDir Path folder;

  static List<String> names() throws IOException {
    try (Stream<Path> folders = Files.list(ATTACKS)) {
      return folders
          .filter(Files::isDirectory)
          .map(attack -> attack.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void isRefusedWithItsOwnMessage(String name) throws IOException {
    Path attack = ATTACKS.resolve(name);
    FileSystemUtils.copyRecursively(EXAMPLE, folder);
    FileSystemUtils.copyRecursively(attack, folder);
    String now = json(attack.resolve("vehicle.json")).get("now").asString();
    Path taken = attack.resolve("taken/timestamp.json");

    CommandTest.Ended ended =
        Files.exists(taken)
            ? verify(now, "--after", json(taken).get("signed").get("version").asString())
            : verify(now);

    // What only the vehicle knows, the command does not.
    boolean isTaken = name.startsWith("8-");
    String expected = Files.readString(attack.resolve("expected.txt"));
    assertThat(ended.err()).isEqualTo(isTaken ? "" : "convoy: " + expected);
    assertThat(ended.status()).isEqualTo(isTaken ? 0 : 6);
  }

  @Test
  void theExampleItselfIsTaken() throws IOException {
    FileSystemUtils.copyRecursively(EXAMPLE, folder);

    CommandTest.Ended ended = verify("2026-03-02T00:00:00Z");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith(VIN + " version 7: campaign bms-2026, wave 1, attempt 1, ");
    assertThat(ended.status()).isZero();
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(file));
  }

  private CommandTest.Ended verify(String now, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    CommandLine manifest =
        new CommandLine(new ManifestCommand(clock))
            .setExecutionExceptionHandler(ON_FAILURE)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    List<String> command =
        new ArrayList<>(List.of("verify", "" + folder.resolve("director/" + VIN)));
    command.addAll(List.of(options));
    int status = manifest.execute(command.toArray(String[]::new));
    return new CommandTest.Ended(status, out.toString(), err.toString());
  }
}
