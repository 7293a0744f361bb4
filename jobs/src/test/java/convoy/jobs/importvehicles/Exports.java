package convoy.jobs.importvehicles;

import convoy.jobs.JobHarness;
import convoy.jobs.PlantExports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small exports, with two vehicles whose check digits are right. */
final class Exports {
  static final String FIRST_VIN = "WVWKP2BR3RW000001";
  static final String SECOND_VIN = "WVWCE2DR6RW000002";
  static final String VEHICLES = PlantExports.VEHICLES;
  static final String ECUS = PlantExports.ECUS;
  static final String EXPORTED_AT = "2026-11-20T22:00:00Z";

  private Exports() {}

  static String vehicle(String vin) {
    return PlantExports.vehicle(vin, "Brevik", "DE", EXPORTED_AT);
  }

  static String ecu(String vin, String module, String version) {
    return ecu(vin, module, version, EXPORTED_AT);
  }

  static String ecu(String vin, String module, String version, String exportedAt) {
    return PlantExports.ecu(vin, module, "SN-" + module, "5Q0-1", version, exportedAt);
  }

  static Path deliver(JobHarness jobs, String name, String header, List<String> rows) {
    String text = header + "\n" + String.join("\n", rows) + "\n";
    return deliver(jobs, name, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path deliver(JobHarness jobs, String name, byte[] bytes) {
    try {
      return Files.write(jobs.home().inboxManufacturing().resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
