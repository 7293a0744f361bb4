package convoy.jobs.samples;

import convoy.data.vehicle.EcuFacts;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.VehicleFacts;
import convoy.jobs.samples.SampleModule.Hardware;
import convoy.jobs.samples.SampleModule.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ECUs of one sample vehicle: 8 to 12, by powertrain, model and trim. */
final class SampleEcus {
  private static final int MAX = 12;
  private static final int REWORKED_PARTS = 3;
  private static final Set<String> COLD = Set.of("NO", "SE", "CA");

  private SampleEcus() {}

  /**
   * @param serial the vehicle's part of each ECU serial number
   * @param age 0 for the plant's first vehicle to 1 for its newest
   * @param reworked whether a third of the ECUs have since got their newest release
   */
  static List<EcuFacts> of(
      VehicleFacts vehicle,
      SampleModel model,
      int trim,
      String serial,
      double age,
      boolean reworked,
      Random random) {
    List<SampleModule> modules = SampleModule.fitted(vehicle.powertrain());
    int extras = Math.min(trim, Math.min(model.extras().size(), MAX - modules.size()));
    modules.addAll(model.extras().subList(0, extras));
    int reworkedPart = random.nextInt(REWORKED_PARTS);
    List<EcuFacts> ecus = new ArrayList<>(modules.size());
    for (SampleModule module : modules) {
      int hardware = era(random, age, module.hardware().size());
      int release = era(random, age, module.releases().size());
      if (reworked && ecus.size() % REWORKED_PARTS == reworkedPart) {
        release = module.releases().size() - 1;
      }
      ecus.add(ecu(vehicle, module, hardware, release, serial));
    }
    return ecus;
  }

  /** An ECU of a module that the vehicle does not have. */
  static EcuFacts extra(SampleVehicle vehicle) {
    for (SampleModule module : SampleModule.values()) {
      if (vehicle.ecus().stream().noneMatch(ecu -> ecu.module().equals(module.name()))) {
        String serial = vehicle.plant().code() + SampleVin.padded(vehicle.number() + 1, 7);
        return ecu(vehicle.facts(), module, 0, 0, serial);
      }
    }
    throw new IllegalStateException(vehicle.facts().vin() + " has every module");
  }

  private static EcuFacts ecu(
      VehicleFacts vehicle, SampleModule module, int hardware, int release, String serial) {
    Hardware part = module.hardware().get(hardware);
    Release software = module.releases().get(release);
    return new EcuFacts(
        vehicle.vin(),
        module.name(),
        module.name().substring(0, 3) + serial,
        part.part(),
        part.version(),
        software.version(),
        software.key(),
        calibration(vehicle, module, release),
        part.protocol(),
        null,
        null);
  }

  private static @Nullable String calibration(
      VehicleFacts vehicle, SampleModule module, int release) {
    int family = module.calibrationFamily();
    if (family < 0) {
      return null;
    }
    int drive = vehicle.powertrain() == Powertrain.DIESEL ? 10 : 0;
    int number = 100 + 40 * family + drive + release;
    String code = "CAL-" + SampleVin.padded(number, 4);
    // A comma within a value: such a cell has to be quoted in a CSV file.
    boolean battery = module == SampleModule.BATTERY;
    return battery && COLD.contains(vehicle.region()) ? code + ", cold climate" : code;
  }

  /** Which of so many generations a vehicle of that age has: mostly its own, often one earlier. */
  private static int era(Random random, double age, int generations) {
    double roll = random.nextDouble();
    int shift = roll < 0.2 ? -1 : roll > 0.9 ? 1 : 0;
    int own = (int) (age * generations) + shift;
    return Math.max(0, Math.min(generations - 1, own));
  }
}
