package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import java.time.Duration;

/**
 * The thresholds of a campaign's gates, in shares of a wave's vehicles (not of attempts).
 *
 * @param success at this share of successes the next wave may begin, above 0%
 * @param pauseOnFailure at this share of failures the campaign pauses, above 0%
 * @param abortOnFailure at this share of failures it ends, above {@code pauseOnFailure}
 * @param minimumReports vehicles that must have reported before failures decide, 1 or more
 * @param silentAfter from issue until a vehicle without a report counts as silent, above zero
 */
public record GateRule(
    Share success,
    Share pauseOnFailure,
    Share abortOnFailure,
    int minimumReports,
    Duration silentAfter) {
  public GateRule {
    check(success.basisPoints() > 0, "success", success, "more than 0%");
    check(pauseOnFailure.basisPoints() > 0, "pause-on-failure", pauseOnFailure, "more than 0%");
    check(
        pauseOnFailure.compareTo(abortOnFailure) < 0,
        "pause-on-failure",
        pauseOnFailure,
        "less than abort-on-failure '" + abortOnFailure + "'");
    check(minimumReports >= 1, "minimum-reports", minimumReports, "1 or more");
    check(silentAfter.compareTo(Duration.ZERO) > 0, "silent-after", silentAfter, "more than PT0S");
  }
}
