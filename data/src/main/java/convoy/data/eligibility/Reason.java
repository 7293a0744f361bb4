package convoy.data.eligibility;

import static convoy.data.eligibility.Reason.Effect.EXCLUDES;
import static convoy.data.eligibility.Reason.Effect.HOLDS;
import static convoy.data.eligibility.Reason.Effect.LEAVES_OPEN;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a vehicle gets no update, or not yet. The SQL of the matching says each as one bit of a
 * number, {@link #bit}, and names it {@code {NAME}}. The fleet store holds such numbers: a place
 * once given is not given to another reason.
 */
public enum Reason {
  RETIRED(0, EXCLUDES, "the vehicle is out of use"),
  WRONG_MODEL(1, EXCLUDES, "the update is for other models"),
  WRONG_POWERTRAIN(2, EXCLUDES, "the update is for other powertrains"),
  REGION_RESTRICTED(3, EXCLUDES, "the campaign is for other regions"),
  NOT_IN_AUDIENCE(4, EXCLUDES, "the campaign is for other models or powertrains"),
  EXCLUDED(5, EXCLUDES, "the campaign names the vehicle as one to leave out"),
  STALE_DATA(6, LEAVES_OPEN, "nothing was heard of the vehicle for too long"),
  MODULE_MISSING(7, EXCLUDES, "the vehicle has no such ECU"),
  HARDWARE_UNSUPPORTED(8, EXCLUDES, "the image is for other hardware"),
  PROTOCOL_UNSUPPORTED(9, EXCLUDES, "the ECU is reached by another protocol"),
  VERSION_TOO_OLD(10, EXCLUDES, "the ECU's version is older than those that can be changed"),
  VERSION_UNSUPPORTED(11, EXCLUDES, "the ECU's version is not among those that can be changed"),
  WOULD_DOWNGRADE(12, EXCLUDES, "the ECU's version is newer, and the update may not go back"),
  VERSION_UNKNOWN(
      13, LEAVES_OPEN, "the ECU's version cannot be read as the settings write versions"),
  NO_WAY_BACK(
      14, EXCLUDES, "no image of the present version is registered, which the update asks for"),
  DEPENDENCY_UNMET(15, EXCLUDES, "another ECU is missing or has not the version that is needed"),
  CONFLICT(16, EXCLUDES, "another ECU has a version with which the update must not be installed"),
  ALREADY_CURRENT(17, EXCLUDES, "every ECU has the update's version"),
  BUSY_WITH_OTHER_CAMPAIGN(18, HOLDS, "another campaign goes first, or has an open manifest"),
  OUTSIDE_WINDOW(19, HOLDS, "the campaign's window is not open in the vehicle's region");

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
  private final String meaning;

  Reason(int place, Effect effect, String meaning) {
    this.place = place;
    this.effect = effect;
    this.meaning = meaning;
  }

  public Effect effect() {
    return effect;
  }

  /** What it means, for people, as part of a sentence. */
  public String meaning() {
    return meaning;
  }

  /** The bit that stands for it. */
  public long bit() {
    return 1L << place;
  }

  /** The reasons whose bits are set, in their order. */
  public static List<Reason> of(long bits) {
    List<Reason> reasons = new ArrayList<>();
    for (Reason reason : values()) {
      if ((bits & reason.bit()) != 0) {
        reasons.add(reason);
      }
    }
    return reasons;
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
