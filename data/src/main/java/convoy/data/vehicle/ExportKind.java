package convoy.data.vehicle;

/** What the rows of one table of an export describe. */
public enum ExportKind {
  /** One row per vehicle. */
  VEHICLES,
  /** One row per ECU, naming its vehicle by VIN only. */
  ECUS,
  /** One row per ECU, with the vehicle's own columns repeated on each. */
  FLAT
}
