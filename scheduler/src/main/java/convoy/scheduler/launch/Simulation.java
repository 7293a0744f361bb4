package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.VehicleMemory;
import convoy.data.error.ConvoyException;
import convoy.data.io.AtomicFiles;
import convoy.data.status.FailureCode;
import convoy.data.vehicle.VinRange;
import convoy.jobs.simulate.EcuKeys;
import convoy.jobs.simulate.Fault;
import convoy.jobs.simulate.FleetSimulator;
import convoy.jobs.simulate.Reporting;
import convoy.jobs.simulate.SimulationPlan;
import convoy.jobs.simulate.SimulationRules;
import convoy.jobs.simulate.VehicleBehaviour;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets the simulated vehicles of an installation act, from where they were left to a given time.
 */
public final class Simulation {
  private Simulation() {}

  /**
   * Writes the status logs that arrive up to that time into the installation's inbox.
   *
   * @param plan for attempts that no rule covers
   * @throws ConvoyException USAGE when a rule names what the store does not know
   */
  public static FleetSimulator.Played play(
      Home home,
      ConvoySettings settings,
      Console console,
      long seed,
      SimulationPlan plan,
      SimulationRules rules,
      Reporting reporting,
      Instant upTo)
      throws IOException {
    // Also where nothing is played: without a store there are no vehicles.
    StoreReader.read(
        home,
        settings,
        console,
        "simulate",
        store -> {
          if (rules.hasNames()) {
            rules.requireKnown(known(settings, VehicleMemory.names(store)));
          }
          return true;
        });
    FleetSimulator simulator =
        new FleetSimulator(
            home.outbox(),
            new VehicleBehaviour(seed, plan, rules),
            vins -> memory(home, settings, console, vins),
            new EcuKeys(ecuKeys(home)),
            reporting);
    Path played = folder(home).resolve("played-until");
    Instant after =
        Files.exists(played)
            ? Instant.parse(Files.readString(played, StandardCharsets.UTF_8).strip())
            : Instant.EPOCH;
    FleetSimulator.Played result = simulator.play(home.inboxStatus(), after, upTo);
    if (upTo.isAfter(after)) {
      AtomicFiles.write(played, upTo.toString().getBytes(StandardCharsets.UTF_8));
    }
    return result;
  }

  private static VehicleMemory memory(
      Home home, ConvoySettings settings, Console console, VinRange vins) {
    return StoreReader.read(
        home, settings, console, "simulate", store -> VehicleMemory.read(store, vins));
  }

  /** The names of the store, and the error codes of the settings and of simulated vehicles. */
  private static Map<String, Set<String>> known(
      ConvoySettings settings, Map<String, Set<String>> names) {
    Map<String, Set<String>> known = new TreeMap<>(names);
    Set<String> errors = new TreeSet<>(settings.status().errorCodes().keySet());
    Arrays.stream(Fault.values()).map(Fault::name).forEach(errors::add);
    errors.add(FailureCode.UNSPECIFIED);
    known.put("error", errors);
    return known;
  }

  /** Where the private keys of simulated ECUs lie; the folder need not be there. */
  public static Path ecuKeys(Home home) {
    return folder(home).resolve("ecu-keys");
  }

  private static Path folder(Home home) {
    return home.root().resolve("simulator");
  }

  /** What was played, in a few lines for a person. */
  public static void tell(FleetSimulator.Played played, Console console) {
    console.line(
        "  %,d manifests in the outbox verified by their vehicles, %,d refused; %,d status events in %d logs"
            .formatted(
                played.manifests() - played.refused().size(),
                played.refused().size(),
                played.events(),
                played.logs().size()));
    if (played.reports() > 0) {
      console.line("  %,d vehicles signed version reports".formatted(played.reports()));
    }
    if (played.packages() > 0) {
      console.line(
          "  %,d key packages opened by their ECUs, each image found to be the one that its manifest names"
              .formatted(played.packages()));
    }
    played
        .outcomes()
        .forEach(
            (rule, outcomes) -> {
              if (rule > 0) {
                console.line("  rule %d: %s".formatted(rule, told(outcomes)));
              }
            });
    played.refused().stream()
        .limit(10)
        .forEach(reason -> console.problem("  refused by " + reason));
  }

  private static String told(Map<String, Integer> outcomes) {
    return outcomes.isEmpty()
        ? "covers no attempt in the outbox"
        : "of %,d attempts in the outbox %s"
            .formatted(
                outcomes.values().stream().mapToInt(Integer::intValue).sum(),
                outcomes.entrySet().stream()
                    .map(e -> "%,d %s".formatted(e.getValue(), e.getKey()))
                    .collect(Collectors.joining(", ")));
  }
}
