package convoy.data.campaign;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.update.DefinitionChecks;

/** Reasons that people give for what they do, which the audit log and others read. */
public final class Reasons {
  private Reasons() {}

  /**
   * Checks that a reason is one line that says something.
   *
   * @param option where it was given, for the message
   * @throws ConvoyException USAGE when it is not
   */
  public static void require(String option, String reason) {
    try {
      DefinitionChecks.line(option, reason);
    } catch (IllegalArgumentException e) {
      throw new ConvoyException(ErrorCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
