package convoy.jobs.simulate;

/** What simulated vehicles send. */
public enum Reporting {
  /** Events for the status logs of their gateways. */
  STATUS_LOGS,
  /** These, and version reports that their ECUs sign. */
  AND_VERSION_REPORTS
}
