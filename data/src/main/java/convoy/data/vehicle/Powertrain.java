package convoy.data.vehicle;

/** How a vehicle is driven. */
public enum Powertrain {
  PETROL,
  DIESEL,
  HYBRID,
  PLUG_IN_HYBRID,
  ELECTRIC,
  FUEL_CELL,
  GAS
}
