package convoy.scheduler.launch;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;

/** Reasons that people give for what they do, which the audit log and others read. */
public final class Reasons {
  private static final int LONGEST = 200;

  private Reasons() {}

  /**
   * Checks that a reason is one line that says something.
   *
   * @param option where it was given, for the message
   * @throws ConvoyException USAGE when it is not
   */
  public static void require(String option, String reason) {
    boolean isLine = reason.chars().noneMatch(Character::isISOControl);
    if (reason.isBlank() || !isLine || reason.length() > LONGEST) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "%s '%s': expected one line of 1 to %d characters".formatted(option, reason, LONGEST));
    }
  }
}
