package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.Inventory;
import convoy.data.io.AtomicFiles;
import convoy.jobs.simulate.EcuKeys;
import convoy.jobs.simulate.FleetSimulator;
import convoy.jobs.simulate.SimulationPlan;
import convoy.jobs.simulate.VehicleBehaviour;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Lets the simulated vehicles of an installation act, from where they were left to a given time.
 */
public final class Simulation {
  private Simulation() {}

  /** Writes the status logs that arrive up to that time into the installation's inbox. */
  public static FleetSimulator.Played play(
      Home home,
      ConvoySettings settings,
      Console console,
      long seed,
      SimulationPlan plan,
      Instant upTo)
      throws IOException {
    Map<String, String> before =
        StoreReader.read(home, settings, console, "simulate", Inventory::versionsBefore);
    FleetSimulator simulator =
        new FleetSimulator(
            home.outbox(),
            new VehicleBehaviour(seed, plan),
            (vin, version, module) ->
                Objects.requireNonNull(
                    before.get(vin + "/" + version + "/" + module),
                    "a manifest that was not issued here"),
            new EcuKeys(ecuKeys(home)));
    Path played = folder(home).resolve("played-until");
    Instant after =
        Files.exists(played)
            ? Instant.parse(Files.readString(played, StandardCharsets.UTF_8).strip())
            : Instant.EPOCH;
    FleetSimulator.Played result = simulator.play(home.inboxStatus(), after, upTo);
    AtomicFiles.write(played, upTo.toString().getBytes(StandardCharsets.UTF_8));
    return result;
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
    if (played.packages() > 0) {
      console.line(
          "  %,d key packages opened by their ECUs, each image found to be the one that its manifest names"
              .formatted(played.packages()));
    }
    played.refused().stream()
        .limit(10)
        .forEach(reason -> console.problem("  refused by " + reason));
  }
}
