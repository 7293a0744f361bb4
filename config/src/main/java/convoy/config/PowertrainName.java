package convoy.config;

/** How a vehicle is driven, as the settings name it: the constants of the domain's own list. */
public enum PowertrainName {
  PETROL,
  DIESEL,
  HYBRID,
  PLUG_IN_HYBRID,
  ELECTRIC,
  FUEL_CELL,
  GAS
}
