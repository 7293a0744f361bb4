package convoy.data.eligibility;

import static convoy.data.eligibility.Reason.Effect.EXCLUDES;
import static convoy.data.eligibility.Reason.Effect.HOLDS;
import static convoy.data.eligibility.Reason.Effect.LEAVES_OPEN;

/**
 * Why a vehicle gets no update, or not yet. The SQL of the matching says each as one bit of a
 * number, {@link #bit}, and names it {@code {NAME}}. The fleet store holds such numbers: a place
 * once given is not given to another reason.
 */
public enum Reason {
  /** The vehicle is out of use. */
  RETIRED(0, EXCLUDES),
  /** The update is for other models. */
  WRONG_MODEL(1, EXCLUDES),
  /** The update is for other powertrains. */
  WRONG_POWERTRAIN(2, EXCLUDES),
  /** The campaign is for other regions. */
  REGION_RESTRICTED(3, EXCLUDES),
  /** The campaign is for other models or powertrains. */
  NOT_IN_AUDIENCE(4, EXCLUDES),
  /** The campaign names the vehicle as one to leave out. */
  EXCLUDED(5, EXCLUDES),
  /** Nothing was heard of the vehicle for too long. */
  STALE_DATA(6, LEAVES_OPEN),
  /** The vehicle has no such ECU. */
  MODULE_MISSING(7, EXCLUDES),
  /** The image is for other hardware. */
  HARDWARE_UNSUPPORTED(8, EXCLUDES),
  /** The ECU is reached by another protocol. */
  PROTOCOL_UNSUPPORTED(9, EXCLUDES),
  /** The ECU's version is older than those that can be changed. */
  VERSION_TOO_OLD(10, EXCLUDES),
  /** The ECU's version is not among those that can be changed. */
  VERSION_UNSUPPORTED(11, EXCLUDES),
  /** The ECU's version is newer, and the update may not go back. */
  WOULD_DOWNGRADE(12, EXCLUDES),
  /** The ECU's version cannot be read as the settings write versions. */
  VERSION_UNKNOWN(13, LEAVES_OPEN),
  /** No image of the present version is registered, which the update asks for. */
  NO_WAY_BACK(14, EXCLUDES),
  /** Another ECU is missing or has not the version that is needed. */
  DEPENDENCY_UNMET(15, EXCLUDES),
  /** Another ECU has a version with which the update must not be installed. */
  CONFLICT(16, EXCLUDES),
  /** Every ECU has the update's version. */
  ALREADY_CURRENT(17, EXCLUDES),
  /** Another campaign goes first, or has an open manifest. */
  BUSY_WITH_OTHER_CAMPAIGN(18, HOLDS),
  /** The campaign's window is not open in the vehicle's region. */
  OUTSIDE_WINDOW(19, HOLDS);

  /** What a reason does to the verdict. */
  public enum Effect {
    /** The verdict is INELIGIBLE. */
    EXCLUDES,
    /** The verdict is UNKNOWN, unless another reason excludes the vehicle. */
    LEAVES_OPEN,
    /** The verdict stays ELIGIBLE; no manifest is issued while the reason lasts. */
    HOLDS
  }

  private final int place;
  private final Effect effect;

  Reason(int place, Effect effect) {
    this.place = place;
    this.effect = effect;
  }

  public Effect effect() {
    return effect;
  }

  /** The bit that stands for it. */
  public long bit() {
    return 1L << place;
  }

  /** The bits of all reasons with that effect. */
  public static long bits(Effect effect) {
    long bits = 0;
    for (Reason reason : values()) {
      bits |= reason.effect == effect ? reason.bit() : 0;
    }
    return bits;
  }

  /** The verdict on a vehicle with these reasons. */
  public static Verdict verdict(long bits) {
    if ((bits & bits(EXCLUDES)) != 0) {
      return Verdict.INELIGIBLE;
    }
    return (bits & bits(LEAVES_OPEN)) != 0 ? Verdict.UNKNOWN : Verdict.ELIGIBLE;
  }
}
