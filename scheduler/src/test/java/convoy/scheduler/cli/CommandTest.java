package convoy.scheduler.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A test of commands on an installation of its own, in this process. */
public abstract class CommandTest {
  @TempDir Path folder;

  /** How a command ended. */
  public record Ended(int status, String out, String err) {}

  /** Runs a command on the installation in {@code home}. */
  Ended run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    return runWithoutHome(all.toArray(String[]::new));
  }

  /** Runs a command that has no installation. */
  public static Ended runWithoutHome(String... command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = ConvoyCommand.commandLine(command);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = line.execute(command);
    return new Ended(status, out.toString(), err.toString());
  }
}
