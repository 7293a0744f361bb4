package convoy.bench;

import convoy.config.ConvoySettings;
import convoy.data.duckdb.Eligibility;
import convoy.data.duckdb.Explanations;
import convoy.data.duckdb.FleetStore;
import convoy.data.eligibility.MatchRules;
import convoy.jobs.matcheligibility.MatchSettings;
import convoy.scheduler.launch.Modules;
import convoy.scheduler.launch.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "match",
    description = {
      "Matches a fleet of vehicles with ten ECUs each against 20 updates, beside the bare join in DuckDB that yields",
      "the same eligible set: the first time, when all campaigns are new, and after a night."
    })
final class MatchBench implements Callable<Integer> {
  @Option(names = "--fleets", split = ",", defaultValue = "100000,1000000,5000000")
  private List<Integer> fleets = List.of();

  @Option(
      names = "--work",
      defaultValue = "bench/target/match",
      description = "A folder to work in.")
  private Path work = Path.of("");

  private final ConvoySettings settings = ConvoySettings.defaults();
  private final MatchRules rules = MatchSettings.rules(settings, Modules.catalog(settings));

  @Override
  public Integer call() throws IOException, SQLException {
    for (int vehicles : fleets) {
      Folders.empty(work);
      Installation home = new Installation(work.resolve("home"), "");
      BenchFleet.define(home.updates(), home.campaigns());
      home.registers();
      BenchFleet.fill(home.store(), vehicles);
      BareJoin.Result bare = BareJoin.measure(home.store());
      System.out.printf("%,d vehicles, %,d ECUs%n", vehicles, vehicles * 10L);
      report("bare join: the eligible set", bare.seconds(), bare);
      Memory memory = Memory.start();
      report("match: first time, set and counts", match(home, bare.eligible()), bare);
      forgetMatching(home);
      report("match: new campaigns, set and counts", match(home, bare.eligible()), bare);
      BenchFleet.night(home.store(), 50);
      double night = match(home, -1);
      report("match: after a night, 2 % changed", night, bare);
      report("match: nothing changed", match(home, -1), bare);
      System.out.printf("%-40s %7.2f s%n", "explain one vehicle, store open", explain(home));
      System.out.println(memory.peak());
    }
    return 0;
  }

  /** All campaigns as if they were new, with what is kept of the vehicles. */
  private static void forgetMatching(Installation home) throws SQLException {
    try (var connection = BareDuckDb.connect(home.store());
        var statement = connection.createStatement()) {
      statement.execute("delete from matching");
      statement.execute("checkpoint");
    }
  }

  private double match(Installation home, long expected) {
    try (FleetStore store = open(home)) {
      long start = System.nanoTime();
      Eligibility.match(store, rules, Installation.NOW);
      double seconds = (System.nanoTime() - start) / 1e9;
      long eligible =
          Eligibility.openCampaigns(store).stream()
              .mapToLong(campaign -> Eligibility.counts(store, campaign).eligible())
              .sum();
      if (expected >= 0 && eligible != expected) {
        throw new IllegalStateException(
            "%,d eligible, expected the %,d of the bare join".formatted(eligible, expected));
      }
      return seconds;
    }
  }

  private double explain(Installation home) {
    try (FleetStore store = open(home)) {
      long start = System.nanoTime();
      int campaigns = Explanations.of(store, "WVW0007919X0000001", rules, Installation.NOW).size();
      double seconds = (System.nanoTime() - start) / 1e9;
      if (campaigns != BenchFleet.CAMPAIGNS) {
        throw new IllegalStateException(campaigns + " campaigns explained");
      }
      return seconds;
    }
  }

  private FleetStore open(Installation home) {
    return FleetStore.open(home.store(), StoreOptions.of(settings, "bench"));
  }

  private static void report(String what, double seconds, BareJoin.Result bare) {
    System.out.printf(
        "%-40s %7.2f s   %.2f of the bare join%n", what, seconds, seconds / bare.seconds());
  }
}
