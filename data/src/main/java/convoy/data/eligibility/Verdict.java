package convoy.data.eligibility;

/** What is decided of one vehicle in one campaign. Each vehicle of the fleet has one of them. */
public enum Verdict {
  /** The update fits. Something may still hold the vehicle back for a time. */
  ELIGIBLE,
  /** The update does not fit, or the campaign is not for this vehicle. */
  INELIGIBLE,
  /** Nothing speaks against it, but what is known does not suffice to say that it fits. */
  UNKNOWN
}
