package convoy.data.status;

/** Error codes that Convoy itself gives to a failure; all others are the vehicle's own. */
public final class FailureCode {
  /** The vehicle says INSTALLED, but its ECU runs another version than the manifest names. */
  public static final String VERSION_MISMATCH = "VERSION_MISMATCH";

  /** The ECU ran the new version and was later seen with another one. */
  public static final String FELL_BACK = "FELL_BACK";

  /** The vehicle says that its owner declined, whom its manifest did not let it ask. */
  public static final String DECLINED_UNASKED = "DECLINED_UNASKED";

  /** The vehicle reported a failure without a code. */
  public static final String UNSPECIFIED = "UNSPECIFIED";

  private FailureCode() {}
}
