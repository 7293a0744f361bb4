package convoy.data.eligibility;

import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Protocol;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a vehicle.
 *
 * @param plant by which a full export can leave it out
 * @param toldAt when the facts of the vehicle itself were true
 * @param source the file and line that told them
 * @param reportedAt when it last reported; null: never
 * @param ecus by module
 */
public record PlainVehicle(
    String vin,
    String model,
    Powertrain powertrain,
    String region,
    String plant,
    boolean isRetired,
    Instant toldAt,
    String source,
    @Nullable Instant reportedAt,
    Map<String, Ecu> ecus) {

  /** One ECU, with when that was true and the file and line that said so. */
  public record Ecu(
      String hardware,
      String hardwareVersion,
      Protocol protocol,
      String version,
      Instant toldAt,
      String source) {

    public Ecu told(Instant at, String by) {
      return new Ecu(hardware, hardwareVersion, protocol, version, at, by);
    }
  }

  public PlainVehicle {
    ecus = Map.copyOf(ecus);
  }

  /** When anything was last heard of it. */
  Instant heardAt() {
    return Stream.concat(
            Stream.concat(Stream.of(toldAt), Stream.ofNullable(reportedAt)),
            ecus.values().stream().map(Ecu::toldAt))
        .max(Instant::compareTo)
        .orElseThrow();
  }

  /** The same facts, told again; that brings it back into use. */
  public PlainVehicle told(Instant at, String by) {
    return new PlainVehicle(vin, model, powertrain, region, plant, false, at, by, reportedAt, ecus);
  }

  public PlainVehicle retired() {
    return new PlainVehicle(
        vin, model, powertrain, region, plant, true, toldAt, source, reportedAt, ecus);
  }

  public PlainVehicle reported(Instant at) {
    return new PlainVehicle(
        vin, model, powertrain, region, plant, isRetired, toldAt, source, at, ecus);
  }

  public PlainVehicle with(String module, Ecu ecu) {
    Map<String, Ecu> all = new TreeMap<>(ecus);
    all.put(module, ecu);
    return new PlainVehicle(
        vin, model, powertrain, region, plant, isRetired, toldAt, source, reportedAt, all);
  }
}
