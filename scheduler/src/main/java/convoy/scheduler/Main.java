package convoy.scheduler;

import convoy.scheduler.cli.ConvoyCommand;

/** Where the program starts. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit status (docs/exit-status.md). */
  public static void main(String[] arguments) {
    System.exit(ConvoyCommand.run(arguments));
  }
}
