package convoy.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The measurements of docs/benchmarks.md. */
@Command(
    name = "bench",
    subcommands = {
      ImportBench.class,
      DeltaBench.class,
      MatchBench.class,
      ExplainBench.class,
      PlanBench.class,
      IssueBench.class,
      ReconcileBench.class,
      KeyPackageBench.class
    })
public final class Bench {
  private Bench() {}

  /** Runs one measurement; the process ends with its status. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }
}
