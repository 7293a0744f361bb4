package convoy.jobs.samples;

import convoy.data.vehicle.EcuFacts;
import convoy.data.vehicle.VehicleFacts;
import java.util.List;

/**
 * One vehicle of the sample fleet as its plant knows it.
 *
 * @param number its number at the plant, from 0, the oldest vehicle first
 */
public record SampleVehicle(Plant plant, int number, VehicleFacts facts, List<EcuFacts> ecus) {
  public SampleVehicle {
    ecus = List.copyOf(ecus);
  }
}
