package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** What an engineer and an operator do with updates on the command line. */
class UpdateCommandTest {
  private static final String BRAKES =
      """
      update: brakes
      version: 2.1.0
      title: Brakes
      category: SAFETY_RECALL
      models: [Aldera]
      protocols: [CAN_FD]
      targets: [{module: ABS, from: 2.0.x, to: 2.1.0, image: abs.bin}]
      preconditions: {parked: true, battery: 50%, duration: PT25M}
      """;
  private static final String MAPS =
      """
      update: maps
      version: 1
      title: Maps
      category: FEATURE
      targets:
        - {module: INFOTAINMENT, hardware: [A], protocols: [MOST], from: 5.x, to: 6.0.0, image: maps.bin}
      requires: [GATEWAY >=1.4.0]
      """;

  @TempDir Path folder;

  private record Ended(int status, String out, String err) {}

  private Ended run(String... command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    CommandLine line = ConvoyCommand.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = line.execute(all.toArray(String[]::new));
    return new Ended(status, out.toString(), err.toString());
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(Files.createDirectories(folder.resolve("mine")).resolve(name), text)
        .toString();
  }

  private String names(String... filter) {
    List<String> command = new ArrayList<>(List.of("update", "list"));
    command.addAll(List.of(filter));
    return run(command.toArray(String[]::new)).out().replaceAll(" .*\\R", " ").strip();
  }

  @Test
  void updatesAreRegisteredFoundShownAndWithdrawn() throws IOException {
    assertThat(run("init").status()).isZero();
    write("abs.bin", "abs");
    write("maps.bin", "maps");
    String brakes = write("brakes.yaml", BRAKES);
    write("maps.yaml", MAPS);
    String broken = write("z.yaml", MAPS.replace("FEATURE", "FEATUR"));

    Ended registered = run("update", "register", folder.resolve("mine").toString());
    assertThat(registered.status()).isEqualTo(4);
    assertThat(registered.out())
        .isEqualTo("update brakes 2.1.0 registered\nupdate maps 1 registered\n");
    assertThat(registered.err())
        .isEqualTo(
            "update refused: z.yaml line 4 column 11: category 'FEATUR': expected one of SECURITY,"
                + " SAFETY_RECALL, BUG_FIX, FEATURE, REGULATORY\n");
    assertThat(run("update", "register", brakes).out())
        .isEqualTo("update brakes 2.1.0 known before\n");
    assertThat(run("update", "register", broken + "x").status()).isEqualTo(2);

    assertThat(names()).isEqualTo("brakes maps");
    assertThat(names("--software-version", "2.0.5", "--module", "ABS")).isEqualTo("brakes");
    assertThat(names("--protocol", "most", "--model", "Brevik", "--software-version", "6.0.0"))
        .isEqualTo("maps");
    assertThat(names("--category", "SAFETY_RECALL")).isEqualTo("brakes");
    assertThat(run("update", "list", "--protocol", "WIFI").err())
        .isEqualTo("convoy: --protocol 'WIFI': expected a protocol such as CAN_FD\n");

    assertThat(run("update", "show", "brakes").out())
        .startsWith("brakes 2.1.0: Brakes\n")
        .contains(
            "target 1    ABS from 2.0.x to 2.1.0, group 1, release counter 1\n",
            "when        parked, battery at 50 % or more, for PT25M\n");
    var json = new JsonMapper().readTree(run("update", "show", "maps", "1", "--json").out());
    assertThat(json.at("/definition/conditions/0/range").asString()).isEqualTo(">=1.4.0");
    assertThat(run("update", "show", "map").err())
        .isEqualTo(
            "convoy: update 'map': found none of that name, expected one of [brakes 2.1.0, maps 1]\n");

    assertThat(run("update", "withdraw", "brakes", "2.1.0").status()).isEqualTo(2);
    assertThat(run("update", "withdraw", "brakes", "2.1.0", "--reason", " ").status()).isEqualTo(2);
    assertThat(run("update", "withdraw", "brakes", "2.1.0", "--reason", "fades").out())
        .isEqualTo("update brakes 2.1.0 withdrawn\n");
    assertThat(names()).isEqualTo("maps");
    assertThat(names("--all")).isEqualTo("brakes maps");
    Ended again = run("update", "register", brakes);
    assertThat(again.err())
        .isEqualTo("update refused: update brakes 2.1.0 is withdrawn, expected a new version\n");
    assertThat(again.status()).isEqualTo(4);
    assertThat(run("audit", "verify").status()).isZero();
  }
}
