package convoy.scheduler.cli;

import convoy.data.duckdb.Inventory;
import convoy.data.duckdb.VehicleHistory;
import convoy.data.eligibility.Standing;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.Vehicles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "vehicle",
    description = "Shows what one vehicle is, what it runs, and where it stands in its campaigns.")
final class VehicleCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Parameters(paramLabel = "VIN")
  private String vin = "";

  @Option(
      names = "--history",
      description = "Also all that was ever known of its ECUs, and its manifests.")
  private boolean history;

  /** What the vehicle is. */
  static List<String> heading(Inventory.Vehicle vehicle) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s %d, %s, %s, built %s"
            .formatted(
                vehicle.vin(),
                vehicle.model(),
                vehicle.modelYear(),
                vehicle.powertrain(),
                vehicle.region(),
                vehicle.manufacturedOn()));
    numbers(vehicle).ifPresent(lines::add);
    if (vehicle.retiredAt() != null) {
      lines.add(
          "  RETIRED as of %s: a full export of its plant did not name it"
              .formatted(vehicle.retiredAt()));
    }
    return lines;
  }

  private static Optional<String> numbers(Inventory.Vehicle vehicle) {
    List<String> numbers = new ArrayList<>();
    add(numbers, "plant", vehicle.plant());
    add(numbers, "engine", vehicle.engineNumber());
    add(numbers, "chassis", vehicle.chassisNumber());
    return numbers.isEmpty() ? Optional.empty() : Optional.of("  " + String.join(", ", numbers));
  }

  private static void add(List<String> numbers, String what, @Nullable String number) {
    if (number != null) {
      numbers.add(what + " " + number);
    }
  }

  private static String line(Inventory.Ecu ecu) {
    return "  %-13s %-14s %-16s as of %s, %s line %d"
        .formatted(
            ecu.module(),
            ecu.softwareVersion(),
            ecu.hardwarePart(),
            ecu.observedAt(),
            ecu.sourceFile(),
            ecu.sourceLine());
  }

  /** Where it stands in a campaign that planned it. */
  private static Optional<String> line(Standing standing) {
    Standing.Assigned a = standing.assignment();
    if (a == null) {
      return Optional.empty();
    }
    return Optional.of(
        "  campaign %s: %s since %s, wave %d, attempt %d%s%s%s"
            .formatted(
                standing.campaign(),
                a.state(),
                a.since(),
                a.wave(),
                a.attempt(),
                a.errorCode() == null ? "" : ", " + a.errorCode(),
                a.dueAt() == null ? "" : ", due " + a.dueAt(),
                a.waitingFor() == null
                    ? Objects.requireNonNullElse(a.reason() == null ? null : ", " + a.reason(), "")
                    : ", waits for " + a.waitingFor()));
  }

  @Override
  public Integer call() {
    Console console = options.console();
    options.read(
        "vehicle",
        store -> {
          Inventory.Vehicle vehicle = Vehicles.find(store, vin);
          heading(vehicle).forEach(console::line);
          for (var ecu : Inventory.ecus(store, vehicle.vin())) {
            console.line(line(ecu));
          }
          if (history) {
            console.line("  history:");
            for (var ecu : Inventory.history(store, vehicle.vin())) {
              console.line(line(ecu));
            }
          }
          VehicleHistory.standings(store, vehicle.vin()).stream()
              .sorted(Comparator.comparing(Standing::campaign))
              .map(VehicleCommand::line)
              .flatMap(Optional::stream)
              .forEach(console::line);
          if (history) {
            VehicleHistory.manifests(store, vehicle.vin())
                .forEach(m -> console.line("  " + ExplainText.manifest(m)));
          }
          return true;
        });
    return 0;
  }
}
