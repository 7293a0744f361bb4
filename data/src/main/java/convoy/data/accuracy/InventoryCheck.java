package convoy.data.accuracy;

/**
 * The checks of the whole inventory, in the order in which people read them. What each one finds is
 * decided by the statement {@code sql/audit/<name in lower case>.sql}; docs/formats/reports.md says
 * it in words.
 */
public enum InventoryCheck {
  ORPHAN_ECU(Severity.ERROR, Subject.ECUS, "ECUs whose vehicle is unknown"),
  VEHICLE_WITHOUT_ECU(Severity.WARN, Subject.VEHICLES, "Vehicles without any ECU"),
  IMPOSSIBLE_COMBINATION(
      Severity.ERROR, Subject.ECUS, "ECUs that a vehicle of that powertrain cannot have"),
  MODEL_YEAR(Severity.WARN, Subject.VEHICLES, "Vehicles built outside their model year"),
  OBSERVED_BEFORE_BUILT(
      Severity.WARN, Subject.VEHICLES, "Vehicles with ECU facts older than the vehicle"),
  SHARED_SERIAL(Severity.ERROR, Subject.ECUS, "ECUs whose serial another vehicle has too"),
  SHARED_ENGINE_NUMBER(
      Severity.ERROR, Subject.VEHICLES, "Vehicles whose engine number another one has too"),
  SHARED_CHASSIS_NUMBER(
      Severity.ERROR, Subject.VEHICLES, "Vehicles whose chassis number another one has too"),
  UNREADABLE_VERSION(
      Severity.ERROR, Subject.ECUS, "ECUs whose version the settings now read differently"),
  UNKNOWN_RELEASE(Severity.WARN, Subject.ECUS, "ECUs with a version that no release knows"),
  WENT_BACKWARDS(
      Severity.ERROR, Subject.ECUS, "ECUs that run less than before, without a manifest"),
  DRIFT(Severity.WARN, Subject.ECUS, "ECUs of which exports and reports say different things"),
  NOT_HEARD_OF(Severity.WARN, Subject.VEHICLES, "Vehicles not heard of for a long time");

  /** How much a finding matters. */
  public enum Severity {
    /** The inventory contradicts itself or what is possible. */
    ERROR,
    /** There may be a good reason for it. */
    WARN
  }

  /** What a check looks at, one by one. */
  public enum Subject {
    VEHICLES,
    ECUS
  }

  private final Severity severity;
  private final Subject subject;
  private final String title;

  InventoryCheck(Severity severity, Subject subject, String title) {
    this.severity = severity;
    this.subject = subject;
    this.title = title;
  }

  public Severity severity() {
    return severity;
  }

  public Subject subject() {
    return subject;
  }

  /** What a finding is, for people. */
  public String title() {
    return title;
  }
}
