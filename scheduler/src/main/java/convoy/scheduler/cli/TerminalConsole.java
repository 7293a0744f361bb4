package convoy.scheduler.cli;

import convoy.scheduler.launch.Console;
import java.io.PrintWriter;
import picocli.CommandLine;

/** The console of a command: its own standard output and error. */
final class TerminalConsole implements Console {
  private final PrintWriter out;
  private final PrintWriter err;

  TerminalConsole(CommandLine command) {
    out = command.getOut();
    err = command.getErr();
  }

  @Override
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public void problem(String text) {
    out.flush();
    err.println(text);
    err.flush();
  }

  @Override
  public boolean isTerminal() {
    // The launcher script knows; Java itself cannot tell standard output from standard input.
    return Boolean.getBoolean("convoy.terminal");
  }
}
