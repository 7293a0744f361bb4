package convoy.scheduler.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords typed at a real terminal, which script(1) of util-linux gives to the program. */
@Tag("long")
class PasswordPromptTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir Path folder;

  @Test
  void aPasswordIsAskedForTwiceWithoutEchoAndOpensItsKey() throws Exception {
    String made = play(0, keyCommand("ann"), "correct horse", "correct horse");
    assertThat(made)
        .isEqualTo(
            "New password of ann.p12: \nOnce more: \nmade %s/ann.p12, and its public half %s/ann.pub.pem\n"
                .formatted(folder, folder));

    String refused = play(2, keyCommand("ben"), "correct horse", "correct house");
    assertThat(refused)
        .isEqualTo(
            "New password of ben.p12: \nOnce more: \n"
                + "convoy: found two different passwords, expected the same one twice\n");
    assertThat(folder.resolve("ben.p12")).doesNotExist();

    Path home = folder.resolve("home");
    assertThat(ConvoyProcess.run(folder, "init", "--home", home.toString()).status()).isZero();
    String renew = "keys renew director-root --home %s --key %s/ann.p12".formatted(home, folder);
    assertThat(play(6, List.of(renew.split(" ")), "correct horse"))
        .as("the key opens; it is nobody's here")
        .startsWith("Password of ann.p12: \nconvoy: operator 'alice': ");
  }

  private List<String> keyCommand(String name) {
    return List.of("operator", "key", name, "--folder", folder.toString());
  }

  /** What stands on the terminal in the end, when each question is answered as it comes. */
  private static String play(int status, List<String> arguments, String... answers)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(SCRIPT)) {
      String message = "NO PASSWORD WAS TYPED AT A TERMINAL: not installed here: " + SCRIPT;
      System.err.println("\n*** " + message + " ***\n");
      Assumptions.abort(message);
    }
    String command =
        Stream.of(ProgramFiles.java(), List.of("convoy.scheduler.Main"), arguments)
            .flatMap(List::stream)
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Process process =
        new ProcessBuilder(SCRIPT.toString(), "-qec", command, "/dev/null")
            .redirectErrorStream(true)
            .start();
    try {
      StringBuilder said = new StringBuilder();
      int answered = 0;
      for (int c = process.getInputStream().read(); c >= 0; c = process.getInputStream().read()) {
        said.append((char) c);
        if (answered < answers.length && said.toString().endsWith(": ")) {
          String answer = answers[answered++];
          process.getOutputStream().write((answer + "\n").getBytes(UTF_8));
          process.getOutputStream().flush();
        }
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said.toString()).isEqualTo(status);
      return said.toString().replace("\r\n", "\n");
    } finally {
      process.destroyForcibly();
    }
  }
}
