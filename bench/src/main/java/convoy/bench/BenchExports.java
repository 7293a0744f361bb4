package convoy.bench;

import convoy.data.vehicle.Vin;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Exports of a fleet of any size: ten ECUs a vehicle. The same arguments give the same bytes.
 *
 * <p>A later export tells of another software version on every tenth ECU and confirms the rest. One
 * row in two thousand has a fault, so that quarantine has its share.
 */
final class BenchExports {
  static final int ECUS = 10;
  private static final int FAULT_EVERY = 2_000;
  static final List<String> MODULES =
      List.of(
          "GATEWAY",
          "BCM",
          "ABS",
          "AIRBAG",
          "CLUSTER",
          "INFOTAINMENT",
          "TELEMATICS",
          "STEERING",
          "CLIMATE",
          "CAMERA");

  private BenchExports() {}

  /** The VIN of a vehicle by its number, below ten million. */
  static String vin(int number) {
    String digits = Integer.toString(10_000_000 + number).substring(1);
    return Vin.withCheckDigit("3VWHD2" + digits.charAt(0) + "L0TM" + digits.substring(1));
  }

  static void vehicles(Path file, int from, int to, String exportedAt) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "vin,model,model_year,powertrain,region,engine_number,chassis_number,manufactured_on,exported_at\n");
      for (int i = from; i < to; i++) {
        out.write(vin(i));
        out.write(i % 3 == 0 ? ",Aldera,2026,DIESEL," : ",Boreal,2025,PETROL,");
        out.write(i % 2 == 0 ? "DE,EN" : "FR,EN");
        out.write(Integer.toString(i));
        out.write(",CH");
        out.write(Integer.toString(i));
        out.write(",2025-07-30,");
        out.write(exportedAt);
        out.write('\n');
      }
    }
  }

  /**
   * @param generation 0 for the first export, more for later ones
   */
  static void ecus(Path file, int from, int to, int generation, String exportedAt)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "vin,module,serial,hardware_part,hardware_version,software_version,calibration,protocol,exported_at\n");
      long row = 0;
      for (int i = from; i < to; i++) {
        String vin = vin(i);
        for (int k = 0; k < ECUS; k++) {
          row++;
          boolean fault = row % FAULT_EVERY == 0;
          int minor = (i * ECUS + k) % 10 == 3 ? 7 + generation : i % 7;
          out.write(vin);
          out.write(',');
          out.write(MODULES.get(k));
          out.write(",SN");
          out.write(Integer.toString(i * ECUS + k));
          out.write(",5Q0-614-517-");
          out.write((char) ('A' + i % 5));
          out.write(",H");
          out.write((char) ('1' + i % 3));
          out.write(fault ? ",v" : ",2.");
          out.write(Integer.toString(minor));
          out.write('.');
          out.write(Integer.toString(k));
          out.write(",CAL-");
          out.write(Integer.toString(i % 50));
          out.write(",CAN_FD,");
          out.write(exportedAt);
          out.write('\n');
        }
      }
    }
  }
}
