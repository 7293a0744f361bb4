package convoy.jobs.auditinventory;

import convoy.jobs.JobHarness;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A fleet of a few vehicles that comes in through exports; by default nothing is wrong with it. */
final class SmallFleet {
  static final String EXPORTED_AT = "2026-11-20T22:00:00Z";

  /** VINs of the vehicles in order; their check digits are right. */
  private static final List<String> VINS =
      Stream.of("31", "52", "73", "94", "05", "26", "47", "68", "89")
          .map(digits -> "WVWKP2BR%sRW00000%s".formatted(digits.charAt(0), digits.charAt(1)))
          .toList();

  private static final String VEHICLES =
      "vin,model,model_year,powertrain,region,engine_number,chassis_number,manufactured_on,exported_at";
  private static final String ECUS =
      "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at";

  private final List<String> vehicles = new ArrayList<>();
  private final List<String> ecus = new ArrayList<>();

  /** The VIN of the n-th vehicle, from 1 to 9. */
  static String vin(int vehicle) {
    return VINS.get(vehicle - 1);
  }

  /** Adds a petrol vehicle with three ECUs. */
  SmallFleet good(int vehicle) {
    return vehicle(vehicle, EXPORTED_AT)
        .ecu(vehicle, "ABS", "2.0.0", EXPORTED_AT)
        .ecu(vehicle, "ENGINE", "05.10.00", EXPORTED_AT)
        .ecu(vehicle, "GATEWAY", "3.0.0", EXPORTED_AT);
  }

  SmallFleet vehicle(int vehicle, String exportedAt) {
    return vehicle(
        vehicle, 2024, "PETROL", "DPC" + vehicle, "CH" + vehicle, "2023-11-21", exportedAt);
  }

  SmallFleet vehicle(
      int vehicle,
      int year,
      String powertrain,
      String engine,
      String chassis,
      String built,
      String exportedAt) {
    vehicles.add(
        "%s,Brevik,%d,%s,DE,%s,%s,%s,%s"
            .formatted(vin(vehicle), year, powertrain, engine, chassis, built, exportedAt));
    return this;
  }

  SmallFleet ecu(int vehicle, String module, String version, String exportedAt) {
    return ecu(vehicle, module, "SN-" + vehicle, version, exportedAt);
  }

  SmallFleet ecu(int vehicle, String module, String serial, String version, String exportedAt) {
    ecus.add(
        "%s,%s,%s,5Q0-1,H08,%s,CAN,%s"
            .formatted(vin(vehicle), module, serial, version, exportedAt));
    return this;
  }

  /** Takes what was added in; every row must land. */
  void land(JobHarness jobs, String name) {
    land(jobs, name + "-vehicles.csv", VEHICLES, vehicles);
    land(jobs, name + "-ecus.csv", ECUS, ecus);
  }

  private static void land(JobHarness jobs, String name, String header, List<String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Path file = jobs.home().inboxManufacturing().resolve(name);
    try {
      Files.writeString(file, header + "\n" + String.join("\n", rows) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String said =
        JobHarness.summary(
            JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, file, "night-0")));
    if (!said.contains(" 0 quarantined")) {
      throw new IllegalStateException(said);
    }
  }
}
