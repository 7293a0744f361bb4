package convoy.scheduler.cli;

import picocli.CommandLine.Option;

/** Why something is done to a campaign, for commands that have to be told. */
final class ReasonOptions {
  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, in one line.")
  private String reason = "";

  String text() {
    return reason;
  }
}
