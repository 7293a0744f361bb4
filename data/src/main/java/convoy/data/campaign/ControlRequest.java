package convoy.data.campaign;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.update.DefinitionChecks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That a person wants something done to a campaign.
 *
 * @param id by which it is done once
 * @param campaign the campaign's id, which may not exist
 * @param who the person
 * @param reason in one line; null where none was given, which only START and RESUME allow
 * @param wave the wave that goes on, 1 or more; set exactly for ADVANCE
 * @param signed over which vehicles the person signed; set exactly for WITHDRAW and ROLLBACK
 */
public record ControlRequest(
    String id,
    ControlAct act,
    String campaign,
    String who,
    @Nullable String reason,
    Instant askedAt,
    @Nullable Integer wave,
    @Nullable SignedVehicles signed) {
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  /**
   * A withdrawal or a rollback as its person signed it; nothing of it is proved.
   *
   * @param vehicles {@link WithdrawnVehicles} as canonical JSON
   * @param document the signed act
   */
  public record SignedVehicles(String vehicles, String document) {}

  /**
   * @throws ConvoyException USAGE when a part is not as it must be
   */
  public ControlRequest {
    check(ID.matcher(id).matches(), "request", id, "a UUID");
    check(DefinitionChecks.isUserName(who), "--by", who, "a user name such as alice");
    try {
      DefinitionChecks.name("campaign", campaign);
    } catch (IllegalArgumentException e) {
      throw new ConvoyException(ErrorCode.USAGE, String.valueOf(e.getMessage()), e);
    }
    check(
        (act == ControlAct.WITHDRAW || act == ControlAct.ROLLBACK) == (signed != null),
        "request",
        act.name(),
        "signed vehicles with WITHDRAW and ROLLBACK, and with nothing else");
    check(
        (act == ControlAct.ADVANCE) == (wave != null),
        "request",
        act.name(),
        "a wave with ADVANCE, and with nothing else");
    check(wave == null || wave >= 1, "--wave", String.valueOf(wave), "1 or more");
    if (reason == null) {
      check(
          act == ControlAct.START || act == ControlAct.RESUME,
          "--reason",
          "",
          "why it is " + act.done());
    } else {
      Reasons.require("--reason", reason);
    }
  }

  /** A new request. */
  public static ControlRequest of(
      ControlAct act, String campaign, String who, @Nullable String reason, Instant now) {
    return of(act, campaign, who, reason, now, null, null);
  }

  /** A new request to let a wave go on. */
  public static ControlRequest advance(
      String campaign, int wave, String who, String reason, Instant now) {
    return of(ControlAct.ADVANCE, campaign, who, reason, now, wave, null);
  }

  /**
   * A new request to take back what vehicles were given, or to take them back to the versions from
   * before.
   *
   * @param act WITHDRAW or ROLLBACK
   */
  public static ControlRequest takingBack(
      ControlAct act,
      String campaign,
      String who,
      String reason,
      Instant now,
      SignedVehicles signed) {
    return of(act, campaign, who, reason, now, null, signed);
  }

  private static ControlRequest of(
      ControlAct act,
      String campaign,
      String who,
      @Nullable String reason,
      Instant now,
      @Nullable Integer wave,
      @Nullable SignedVehicles signed) {
    return new ControlRequest(
        UUID.randomUUID().toString(),
        act,
        campaign,
        who,
        reason,
        now.truncatedTo(ChronoUnit.MILLIS),
        wave,
        signed);
  }

  /** Such as "paused by bob: smoke in two vehicles". */
  public String sentence() {
    return "%s by %s%s".formatted(act.done(), who, reason == null ? "" : ": " + reason);
  }

  private static void check(boolean holds, String what, String found, String expected) {
    if (!holds) {
      throw new ConvoyException(
          ErrorCode.USAGE, "%s '%s': expected %s".formatted(what, found, expected));
    }
  }
}
