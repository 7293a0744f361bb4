package convoy.scheduler.launch;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Inventory;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.Locale;

/** How people name a vehicle. */
public final class Vehicles {
  private Vehicles() {}

  /** The VIN as the fleet store has it. */
  static String vin(String written) {
    return written.strip().toUpperCase(Locale.ROOT);
  }

  /**
   * The vehicle of that VIN, without regard to case and spaces around it.
   *
   * @throws ConvoyException USAGE when there is none
   */
  public static Inventory.Vehicle find(FleetStore store, String written) {
    String vin = vin(written);
    return Inventory.vehicle(store, vin)
        .orElseThrow(
            () ->
                new ConvoyException(ErrorCode.USAGE, vin + ": found no such vehicle in the fleet"));
  }
}
